/** The HTTP API: security, the FHIR door, plain JSON, views and operations. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.api;
