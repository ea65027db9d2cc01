/** What every web page shares: who signs in, how, the frame around each page, languages, errors. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.pages;
