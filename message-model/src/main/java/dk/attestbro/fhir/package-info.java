/** The FHIR R4 message model: reading, writing and checking messages, forms and profiles. */
@NullMarked
package dk.attestbro.fhir;

import org.jspecify.annotations.NullMarked;
