package dk.attestbro.crypto;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Receipt;
import dk.attestbro.port.ReceiptSigning;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Receipts as compact JWS (RFC 7515), by the receipt key as it stands. */
public final class JwsReceipts implements ReceiptSigning {
  private final JwsSigner signer;

  public JwsReceipts(GatewayKeys keys, PrivateKeyOperations operations) {
    this.signer = new JwsSigner(keys, operations, PrivateKeyOperations.Kind.RECEIPT_SIGN);
  }

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
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("letterId", letterId.toString());
    fields.put("bundleId", bundleId.toString());
    fields.put("sender", sender.toString());
    fields.put("receiver", receiver.toString());
    caseId.ifPresent(id -> fields.put("caseId", id.toString()));
    fields.put("sha256", sha256.hex());
    fields.put("receivedAt", receivedAt.toString());
    fields.put("validatedBy", validatedBy);
    if (!warnings.isEmpty()) {
      fields.put("warnings", warnings);
    }
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
        signer.compact(fields));
  }

  @Override
  public String jwks() {
    return signer.jwks();
  }
}
