/** Documents for people and their archives: XHTML in, accessible PDF/A out. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.pdf;
