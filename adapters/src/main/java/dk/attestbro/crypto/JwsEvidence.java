package dk.attestbro.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.port.EvidenceSigning;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checkpoints and evidence packages as compact JWS, ES256 with deterministic signatures (RFC 6979),
 * so that the same package is the same bytes.
 */
public final class JwsEvidence implements EvidenceSigning {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ECPrivateKey key;
  private final JWSHeader header;
  private final String jwks;
  private final PrivateKeyOperations operations;

  public JwsEvidence(GatewayKeys keys, PrivateKeyOperations operations) {
    this.key = keys.receiptKey();
    this.operations = operations;
    try {
      ECKey publicKey =
          new ECKey.Builder(Curve.P_256, keys.receiptPublicKey())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyIDFromThumbprint()
              .build();
      this.header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(publicKey.getKeyID()).build();
      this.jwks = new JWKSet(publicKey).toString(true);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the receipt key is P-256", impossible);
    }
  }

  @Override
  public String sign(Checkpoint checkpoint) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", "checkpoint");
    fields.put("number", checkpoint.number());
    fields.put("at", checkpoint.at().toString());
    fields.put("previous", checkpoint.previous().hex());
    fields.put("earlier", checkpoint.earlier().hex());
    fields.put("heads", checkpoint.heads());
    fields.put("root", checkpoint.root().hex());
    return compact(fields);
  }

  @Override
  public String signPackage(Digest manifest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", "evidence-package");
    fields.put("manifest", manifest.hex());
    return compact(fields);
  }

  @Override
  public String jwks() {
    return jwks;
  }

  private String compact(Map<String, Object> fields) {
    operations.count(PrivateKeyOperations.Kind.EVIDENCE_SIGN);
    try {
      JWSObject jws = new JWSObject(header, new Payload(JSON.writeValueAsString(fields)));
      Signature signature = Signature.getInstance("SHA256WITHECDDSA", Providers.BOUNCY_CASTLE);
      signature.initSign(key);
      signature.update(jws.getSigningInput());
      byte[] concatenated =
          ECDSA.transcodeSignatureToConcat(
              signature.sign(), ECDSA.getSignatureByteArrayLength(JWSAlgorithm.ES256));
      return new String(jws.getSigningInput(), StandardCharsets.US_ASCII)
          + "."
          + Base64URL.encode(concatenated);
    } catch (GeneralSecurityException | JOSEException | JsonProcessingException failed) {
      throw new IllegalStateException("evidence could not be signed", failed);
    }
  }
}
