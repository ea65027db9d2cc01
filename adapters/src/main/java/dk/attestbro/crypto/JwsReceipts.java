package dk.attestbro.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
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

/** Receipts as compact JWS (RFC 7515), ES256, the key named by its thumbprint (RFC 7638). */
public final class JwsReceipts implements ReceiptSigning {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ECDSASigner signer;
  private final JWSHeader header;
  private final String jwks;
  private final PrivateKeyOperations operations;

  public JwsReceipts(GatewayKeys keys, PrivateKeyOperations operations) {
    this.operations = operations;
    try {
      ECKey publicKey =
          new ECKey.Builder(Curve.P_256, keys.receiptPublicKey())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyIDFromThumbprint()
              .build();
      this.signer = new ECDSASigner(keys.receiptKey());
      signer.getJCAContext().setProvider(Providers.BOUNCY_CASTLE);
      this.header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(publicKey.getKeyID()).build();
      this.jwks = new JWKSet(publicKey).toString(true);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the receipt key is P-256", impossible);
    }
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
    return jwks;
  }

  private String compact(Map<String, Object> fields) {
    operations.count(PrivateKeyOperations.Kind.RECEIPT_SIGN);
    try {
      JWSObject jws = new JWSObject(header, new Payload(JSON.writeValueAsString(fields)));
      jws.sign(signer);
      return jws.serialize();
    } catch (JOSEException | JsonProcessingException failed) {
      throw new IllegalStateException("a receipt could not be signed", failed);
    }
  }
}
