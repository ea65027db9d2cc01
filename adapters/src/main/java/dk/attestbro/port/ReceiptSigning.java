package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the gateway's signed receipts. */
public interface ReceiptSigning {
  /**
   * A receipt whose {@code jws} is compact ES256 with {@code alg} and {@code kid}, its payload the
   * UTF-8 JSON of the other fields; warnings are left out where there are none.
   */
  Receipt sign(
      LetterId letterId,
      BundleId bundleId,
      PartyId sender,
      PartyId receiver,
      Optional<CaseId> caseId,
      Digest sha256,
      Instant receivedAt,
      List<String> validatedBy,
      List<String> warnings);

  /** The public keys as a JWK Set (RFC 7517). */
  String jwks();
}
