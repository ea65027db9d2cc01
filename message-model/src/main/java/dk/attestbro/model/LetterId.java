package dk.attestbro.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names one letter: {@code MessageHeader.id}, constant over resends and unique per sender. A FHIR
 * id (R4 2.24.0.1): 1 to 64 of {@code A-Z a-z 0-9 - .}, not necessarily a UUID.
 */
public record LetterId(String value) {
  public LetterId {
    FhirIds.check(value);
  }

  /** A new, random letter id. */
  public static LetterId random() {
    return new LetterId(UUID.randomUUID().toString());
  }

  /** The id; empty where the text does not have the shape of one. */
  public static Optional<LetterId> parse(String text) {
    return FhirIds.isId(text) ? Optional.of(new LetterId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
