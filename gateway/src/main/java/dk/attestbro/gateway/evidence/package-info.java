/** Evidence packages: how one is written for a case, and how one is proven offline. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.evidence;
