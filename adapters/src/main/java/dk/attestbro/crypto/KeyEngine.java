package dk.attestbro.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A private key and what computes with it: the token that it never leaves; for a key in memory
 * {@link AwsLc}; where that does not know it, BouncyCastle for a curve and the platform for RSA.
 * Never shown.
 *
 * @param provider none means the platform's
 */
record KeyEngine(PrivateKey key, Optional<Provider> provider) {
  /** A new key for one agreement, and its public half. */
  record Once(KeyEngine engine, PublicKey publicKey) {
    private static Once of(ECPublicKey other, Provider provider) throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(curve(other));
      KeyPair pair = generator.generateKeyPair();
      return new Once(new KeyEngine(pair.getPrivate(), Optional.of(provider)), pair.getPublic());
    }

    /** Named where it has a name: by that AWS-LC knows it, and BouncyCastle what it computed. */
    private static AlgorithmParameterSpec curve(ECPublicKey key) {
      ASN1Encodable named =
          SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm().getParameters();
      return named instanceof ASN1ObjectIdentifier oid
          ? new ECGenParameterSpec(oid.getId())
          : key.getParams();
    }
  }

  /** For this key, where it lies. */
  static KeyEngine of(KeyAndCertificate pair) {
    return of(pair.key(), pair.token());
  }

  /**
   * @param token what the key never leaves; none for a key in memory
   */
  static KeyEngine of(PrivateKey key, Optional<Provider> token) {
    return token.isPresent()
        ? new KeyEngine(key, token)
        : AwsLc.PROVIDER.flatMap(provider -> known(key, provider)).orElseGet(() -> inJava(key));
  }

  static KeyEngine inJava(PrivateKey key) {
    return new KeyEngine(
        key, Providers.isRsa(key) ? Optional.empty() : Optional.of(Providers.BOUNCY_CASTLE));
  }

  /** The key in the provider's own form, so that it is read once and not at every use. */
  private static Optional<KeyEngine> known(PrivateKey key, Provider provider) {
    try {
      KeyFactory keys = KeyFactory.getInstance(Providers.isRsa(key) ? "RSA" : "EC", provider);
      PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
      return Optional.of(new KeyEngine(own, Optional.of(provider)));
    } catch (GeneralSecurityException unknownCurve) {
      return Optional.empty();
    }
  }

  /** With a new key on the curve of the one that it is to agree with. */
  static Once once(ECPublicKey other) throws GeneralSecurityException {
    if (AwsLc.PROVIDER.isPresent()) {
      try {
        return Once.of(other, AwsLc.PROVIDER.get());
      } catch (GeneralSecurityException unknownCurve) {
        // BouncyCastle knows more of them.
      }
    }
    return Once.of(other, Providers.BOUNCY_CASTLE);
  }

  /** Ready to sign: ECDSA with this digest, or RSA-PSS with SHA-256. */
  Signature signature(String digest) throws GeneralSecurityException {
    boolean rsa = Providers.isRsa(key);
    String algorithm = rsa ? "RSASSA-PSS" : digest + "withECDSA";
    Signature signature =
        provider.isPresent()
            ? Signature.getInstance(algorithm, provider.get())
            : Signature.getInstance(algorithm);
    if (rsa) {
      signature.setParameter(Providers.PSS_SHA256);
    }
    signature.initSign(key);
    return signature;
  }

  /** By this transformation, which is one of RSA's. */
  byte[] decrypted(String transformation, byte[] encrypted) throws GeneralSecurityException {
    Cipher cipher =
        provider.isPresent()
            ? Cipher.getInstance(transformation, provider.get())
            : Cipher.getInstance(transformation);
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher.doFinal(encrypted);
  }

  /** The secret that this key, which is on a curve, and the other's owner alone can compute. */
  byte[] agreedWith(PublicKey other) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider.orElseThrow());
    agreement.init(key);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  @Override
  public String toString() {
    return "KeyEngine";
  }
}
