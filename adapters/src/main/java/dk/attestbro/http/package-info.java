/**
 * The way to a receiver's FHIR endpoint, by a client that blocks (decision 0022); notices to
 * webhooks.
 */
@org.jspecify.annotations.NullMarked
package dk.attestbro.http;
