package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The legal basis of a request. RSL_11A and SUL_43_1 rest on the citizen's consent and need {@code
 * givenAt}, {@code validUntil} and {@code scope}; SUL_43_2_1 and OTHER need {@code justification}.
 * Absent texts are empty.
 */
public record Consent(
    Basis basis,
    Optional<LocalDate> givenAt,
    Optional<LocalDate> validUntil,
    String scope,
    String justification) {
  /** The legal bases. */
  public enum Basis {
    /** Retssikkerhedsloven section 11 a (1): with prior consent. */
    RSL_11A,
    /** Sundhedsloven section 43 (1): with consent. */
    SUL_43_1,
    /** Sundhedsloven section 43 (2) no. 1: without consent, when law says so. */
    SUL_43_2_1,
    /** Another basis, explained in the justification. */
    OTHER;

    /** Whether it rests on the citizen's consent. */
    public boolean needsConsent() {
      return this == RSL_11A || this == SUL_43_1;
    }
  }

  @Override
  public String toString() {
    return "Consent[" + basis + "]";
  }
}
