package dk.attestbro.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signs compact JWS (RFC 7515), ES256, with the key named by its thumbprint (RFC 7638). Evidence is
 * signed by a key in memory the same bytes always alike (RFC 6979), so that a package that is
 * written twice is the same twice; a token chooses for itself.
 */
final class JwsSigner {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GatewayKeys keys;
  private final Supplier<Current> current;
  private final PrivateKeyOperations operations;
  private final PrivateKeyOperations.Kind kind;

  /**
   * By the receipt key as it stands at each signature.
   *
   * @param kind as what each is counted
   */
  JwsSigner(GatewayKeys keys, PrivateKeyOperations operations, PrivateKeyOperations.Kind kind) {
    this.keys = keys;
    this.current = keys.derive(set -> Current.of(set.receipts()));
    this.operations = operations;
    this.kind = kind;
  }

  private record Current(ReceiptKey key, KeyEngine engine, JWSHeader header) {
    static Current of(ReceiptKey key) {
      return new Current(
          key,
          KeyEngine.of(key.key(), key.token()),
          new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.published().getKeyID()).build());
    }

    Signature alwaysAlike() throws GeneralSecurityException {
      if (key.token().isPresent()) {
        return engine.signature("SHA256");
      }
      Signature signature = Signature.getInstance("SHA256WITHECDDSA", Providers.BOUNCY_CASTLE);
      signature.initSign(key.key());
      return signature;
    }
  }

  /** The keys by which it is verified, as a JWK Set. */
  String jwks() {
    return keys.current().jwks();
  }

  String compact(Map<String, Object> fields) {
    operations.count(kind);
    Current by = current.get();
    try {
      JWSObject jws = new JWSObject(by.header(), new Payload(JSON.writeValueAsString(fields)));
      Signature signature =
          kind == PrivateKeyOperations.Kind.EVIDENCE_SIGN
              ? by.alwaysAlike()
              : by.engine().signature("SHA256");
      signature.update(jws.getSigningInput());
      byte[] concatenated =
          ECDSA.transcodeSignatureToConcat(
              signature.sign(), ECDSA.getSignatureByteArrayLength(JWSAlgorithm.ES256));
      return new String(jws.getSigningInput(), StandardCharsets.US_ASCII)
          + "."
          + Base64URL.encode(concatenated);
    } catch (GeneralSecurityException | JOSEException | JsonProcessingException failed) {
      throw new IllegalStateException("a receipt or evidence could not be signed", failed);
    }
  }
}
