package dk.attestbro.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Our promise to the sender: we hold the letter. {@code sha256} is of the body as received; {@code
 * jws} is the compact ES256 signature (RFC 7515) over the other fields. Stored once and given again
 * unchanged. {@code warnings} are codes that the sender should look at.
 */
public record Receipt(
    LetterId letterId,
    BundleId bundleId,
    PartyId sender,
    PartyId receiver,
    Optional<CaseId> caseId,
    Digest sha256,
    Instant receivedAt,
    List<String> validatedBy,
    List<String> warnings,
    String jws) {
  public Receipt {
    warnings = List.copyOf(warnings);
    validatedBy = List.copyOf(validatedBy);
  }
}
