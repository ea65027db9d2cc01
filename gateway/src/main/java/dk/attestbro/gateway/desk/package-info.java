/**
 * The desk: what operations staff see and do in a browser, never a person's data unless by
 * break-glass access.
 */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.desk;
