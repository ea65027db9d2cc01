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
import java.util.function.Supplier;

/** Receipts as compact JWS (RFC 7515), by the receipt key as it stands. */
public final class JwsReceipts implements ReceiptSigning {
  private final GatewayKeys keys;
  private final Supplier<JwsSigner> signer;
  private final PrivateKeyOperations operations;

  public JwsReceipts(GatewayKeys keys, PrivateKeyOperations operations) {
    this.keys = keys;
    this.signer = keys.derive(JwsSigner::new);
    this.operations = operations;
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
        compact(fields));
  }

  @Override
  public String jwks() {
    return keys.current().jwks();
  }

  private String compact(Map<String, Object> fields) {
    operations.count(PrivateKeyOperations.Kind.RECEIPT_SIGN);
    return signer.get().compact(fields);
  }
}
