/** The way to a receiver's FHIR endpoint: HTTPS out, on the JDK's client. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.http;
