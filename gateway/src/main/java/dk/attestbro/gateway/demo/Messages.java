package dk.attestbro.gateway.demo;

import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.FhirMessageReader;
import dk.attestbro.fhir.FhirMessageWriter;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageWriter;

/** The message library as a vendor of a case system uses it: a reader and a writer. */
record Messages(MessageReader reader, MessageWriter writer) {
  static Messages standard() {
    return new Messages(new FhirMessageReader(), new FhirMessageWriter(new FhirForms()));
  }
}
