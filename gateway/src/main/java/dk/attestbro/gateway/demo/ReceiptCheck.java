package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/** Checks a Receipt as any sender could: ES256 (RFC 7515) against the gateway's public keys. */
final class ReceiptCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode keys;

  /** With what {@code /.well-known/jwks.json} says. */
  ReceiptCheck(JsonNode keys) {
    this.keys = keys.path("keys");
  }

  /**
   * Whether the signature is the gateway's and covers exactly what the Receipt says.
   *
   * @throws StepFailed where not
   */
  void verify(JsonNode receipt) {
    String[] parts = receipt.path("jws").asText().split("\\.", -1);
    if (parts.length != 3) {
      throw new StepFailed("a receipt without a compact JWS");
    }
    try {
      JsonNode header = JSON.readTree(decoded(parts[0]));
      Signature es256 = Signature.getInstance("SHA256withECDSAinP1363Format");
      es256.initVerify(key(header.path("kid").asText()));
      es256.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      ObjectNode said = receipt.deepCopy();
      said.remove("jws");
      if (!header.path("alg").asText().equals("ES256")
          || !es256.verify(decoded(parts[2]))
          || !JSON.readTree(decoded(parts[1])).equals(said)) {
        throw new StepFailed("the signature of a receipt does not fit what it says");
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new StepFailed("a receipt whose signature cannot be read", unreadable);
    }
  }

  private PublicKey key(String kid) throws GeneralSecurityException {
    for (JsonNode jwk : keys) {
      if (jwk.path("kid").asText().equals(kid)) {
        AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
        p256.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(
                    new ECPoint(
                        new BigInteger(1, decoded(jwk.path("x").asText())),
                        new BigInteger(1, decoded(jwk.path("y").asText()))),
                    p256.getParameterSpec(ECParameterSpec.class)));
      }
    }
    throw new StepFailed("a receipt signed by a key that the gateway does not publish");
  }

  private static byte[] decoded(String base64Url) {
    return Base64.getUrlDecoder().decode(base64Url);
  }
}
