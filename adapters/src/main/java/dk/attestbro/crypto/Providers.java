package dk.attestbro.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which provider does what: digests and AES-GCM run on the platform's own, which use the
 * processor's instructions; private keys as {@link KeyEngine} says; what else there is with curves
 * on BouncyCastle, which is several times faster than Java 17's and no slower than Java 25's. Its
 * own key objects keep what it computes about a curve once; with the platform's it would do so at
 * every signature. It is passed as an instance and never registered.
 */
final class Providers {
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  static final PSSParameterSpec PSS_SHA256 =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private Providers() {}

  static boolean isRsa(java.security.Key key) {
    return key.getAlgorithm().startsWith("RSA");
  }

  /** The same key in the form that its own provider computes with. */
  static PrivateKey inMemory(PrivateKeyInfo info) throws GeneralSecurityException {
    try {
      boolean curve =
          info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
      KeyFactory factory =
          curve ? KeyFactory.getInstance("EC", BOUNCY_CASTLE) : KeyFactory.getInstance("RSA");
      return factory.generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException broken) {
      throw new InvalidKeyException("has no encoding", broken);
    }
  }
}
