package dk.attestbro.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dk.attestbro.port.SignatureCheck;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/** Checks compact JWS (RFC 7515) in ES256 by the keys of a JWK Set (RFC 7517). */
public final class JwsVerification implements SignatureCheck {
  private final JWKSet keys;

  private JwsVerification(JWKSet keys) {
    this.keys = keys;
  }

  /**
   * With the keys of this set.
   *
   * @throws IllegalArgumentException where it is not a JWK Set with at least one key
   */
  public static JwsVerification of(String jwks) {
    try {
      JWKSet keys = JWKSet.parse(jwks);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("the JWK Set has no key");
      }
      return new JwsVerification(keys);
    } catch (ParseException unreadable) {
      throw new IllegalArgumentException("not a JWK Set", unreadable);
    }
  }

  /** The thumbprints of the keys (RFC 7638), by which they can be compared. */
  public List<String> thumbprints() {
    return keys.getKeys().stream()
        .map(
            key -> {
              try {
                return key.computeThumbprint().toString();
              } catch (JOSEException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
              }
            })
        .toList();
  }

  @Override
  public Optional<String> payload(String jws) {
    try {
      JWSObject parsed = JWSObject.parse(jws);
      // SECURITY: any other algorithm would let the header choose how it is checked.
      if (!parsed.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
          || parsed.getHeader().getKeyID() == null) {
        return Optional.empty();
      }
      JWK key = keys.getKeyByKeyId(parsed.getHeader().getKeyID());
      return key instanceof ECKey curve && parsed.verify(verifier(curve))
          ? Optional.of(parsed.getPayload().toString())
          : Optional.empty();
    } catch (ParseException | JOSEException | IllegalStateException unreadable) {
      return Optional.empty();
    }
  }

  private static ECDSAVerifier verifier(ECKey key) throws JOSEException {
    ECDSAVerifier verifier = new ECDSAVerifier(key);
    verifier.getJCAContext().setProvider(Providers.BOUNCY_CASTLE);
    return verifier;
  }
}
