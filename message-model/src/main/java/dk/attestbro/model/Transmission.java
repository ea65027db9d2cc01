package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to deliver one envelope, as it ended. {@code reason} is a code, empty where
 * delivered.
 */
public record Transmission(
    LetterRef letter,
    BundleId bundleId,
    int attempt,
    Instant at,
    Outcome outcome,
    String reason,
    Optional<Instant> nextAttemptAt) {
  /** How an attempt ended. */
  public enum Outcome {
    DELIVERED,
    TRANSIENT_FAILURE,
    FATAL_FAILURE
  }
}
