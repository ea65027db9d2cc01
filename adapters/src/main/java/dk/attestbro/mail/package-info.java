/** Mail: read from its exact bytes (RFC 5322, RFC 2045, RFC 8551). */
@org.jspecify.annotations.NullMarked
package dk.attestbro.mail;
