package dk.attestbro.fhir;

import dk.attestbro.model.LetterContent;
import java.util.Optional;

/** Reads what a case letter says out of its Bundle. Thread-safe. */
interface LetterContents {
  /** Empty for events that are not read and where it cannot be told. */
  Optional<LetterContent> of(FhirMessageReading message);
}
