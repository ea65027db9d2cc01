package dk.attestbro.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which provider does what: digests, AES-GCM and RSA signatures run on the platform's own, which
 * use the processor's instructions; elliptic curves on BouncyCastle, which is several times faster
 * than Java 17's and no slower than Java 25's, and has the key derivation of RFC 5753. Its own key
 * objects keep what it computes about a curve once; with the platform's it would do so at every
 * signature. It is passed as an instance and never registered.
 */
final class Providers {
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  static final PSSParameterSpec PSS_SHA256 =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private Providers() {}

  static boolean isRsa(java.security.Key key) {
    return key.getAlgorithm().startsWith("RSA");
  }

  /** Ready to sign: ECDSA with this digest, or RSA-PSS with SHA-256. */
  static Signature signature(PrivateKey key, String digest) throws GeneralSecurityException {
    Signature signature;
    if (isRsa(key)) {
      signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(PSS_SHA256);
    } else {
      signature = Signature.getInstance(digest + "withECDSA", BOUNCY_CASTLE);
    }
    signature.initSign(key);
    return signature;
  }
}
