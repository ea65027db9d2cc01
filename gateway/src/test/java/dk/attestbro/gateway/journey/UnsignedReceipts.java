package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Receipt;
import dk.attestbro.port.ReceiptSigning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Receipts with a signature that signs nothing. */
public final class UnsignedReceipts implements ReceiptSigning {
  @Override
  public Receipt sign(
      LetterId letterId,
      BundleId bundleId,
      PartyId sender,
      PartyId receiver,
      Optional<CaseId> caseId,
      Digest sha256,
      Instant receivedAt,
      List<String> validatedBy,
      List<String> warnings) {
    return new Receipt(
        letterId,
        bundleId,
        sender,
        receiver,
        caseId,
        sha256,
        receivedAt,
        validatedBy,
        warnings,
        "e30..");
  }

  @Override
  public String jwks() {
    return "{\"keys\":[]}";
  }
}
