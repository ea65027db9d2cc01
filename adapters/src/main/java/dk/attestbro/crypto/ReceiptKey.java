package dk.attestbro.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * The P-256 key that signs receipts and evidence. Never shown.
 *
 * @param token what the key never leaves; none for a key in memory
 */
public record ReceiptKey(PrivateKey key, ECPublicKey publicKey, Optional<Provider> token) {
  /** With the public half from its certificate, which was looked at before. */
  static ReceiptKey of(KeyAndCertificate pair) {
    return new ReceiptKey(
        pair.key(), (ECPublicKey) pair.certificate().getPublicKey(), pair.token());
  }

  /**
   * With the public half computed: a PEM file may hold the private half alone.
   *
   * @throws WrongKey where it is on no P-256
   */
  static ReceiptKey of(KeySource source, PrivateKey key) {
    if (!(key instanceof ECPrivateKey curve) || !isP256(curve.getParams())) {
      throw source.wrong(
          "holds no P-256 key, which receipts are signed by; the operator makes one");
    }
    return new ReceiptKey(key, publicKey(curve), Optional.empty());
  }

  static boolean isP256(ECParameterSpec curve) {
    return curve.getOrder().equals(ECNamedCurveTable.getParameterSpec("P-256").getN());
  }

  /** As verifiers need it, named by its thumbprint (RFC 7638). */
  ECKey published() {
    try {
      return new ECKey.Builder(Curve.P_256, publicKey)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the receipt key is P-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "ReceiptKey";
  }

  /** Q = dG (SEC 1, 3.2.1). */
  private static ECPublicKey publicKey(ECPrivateKey key) {
    var curve = ECNamedCurveTable.getParameterSpec("P-256");
    var point = new FixedPointCombMultiplier().multiply(curve.getG(), key.getS()).normalize();
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger y = point.getAffineYCoord().toBigInteger();
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), key.getParams()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256", impossible);
    }
  }
}
