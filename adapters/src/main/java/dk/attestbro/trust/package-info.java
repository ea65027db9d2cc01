/** Which certificates may be relied upon: paths (RFC 5280), CRLs, OCSP (RFC 6960), algorithms. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.trust;
