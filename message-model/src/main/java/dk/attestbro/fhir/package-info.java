/**
 * The FHIR R4 message model: profiles, forms and terminology as resources; reading, writing and
 * validating messages. Usable alone: no port, no Spring, no Camel.
 */
@org.jspecify.annotations.NullMarked
package dk.attestbro.fhir;
