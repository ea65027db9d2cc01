package dk.attestbro.model;

import java.util.UUID;

/** Names one envelope, that is one transmission of a letter: {@code Bundle.id}, never reused. */
public record BundleId(String value) {
  public BundleId {
    FhirIds.check(value);
  }

  /** A new, random envelope id. */
  public static BundleId random() {
    return new BundleId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
