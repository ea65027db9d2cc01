package dk.attestbro.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An Acknowledgement to be written (MedCom Acknowledgement 2.0). {@code from} is the one who
 * answers and {@code to} the sender of the acknowledged letter; {@code agent} is who made it where
 * that is not {@code from} (the gateway, on a receiver's behalf). {@code acknowledged} gives the
 * Provenance to copy; without it, or without one in it, the Acknowledgement carries only its own.
 */
public record AcknowledgementDraft(
    LetterId letterId,
    BundleId bundleId,
    Instant at,
    Party from,
    Party to,
    Optional<Party> agent,
    LetterId acknowledges,
    AcknowledgementCode code,
    List<AcknowledgementIssue> issues,
    Optional<MessageReading> acknowledged) {
  public AcknowledgementDraft {
    issues = List.copyOf(issues);
  }
}
