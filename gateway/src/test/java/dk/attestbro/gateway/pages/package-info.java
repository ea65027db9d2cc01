/** Tests of what the web pages share. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.pages;
