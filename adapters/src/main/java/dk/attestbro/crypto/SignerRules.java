package dk.attestbro.crypto;

import dk.attestbro.model.SignatureAlgorithms;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.cms.SignerInformation;

/** By which algorithms and keys a signature is taken, wherever it comes from. */
final class SignerRules {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  /** In CMS this alone names no digest: it stands beside (RFC 8017, RFC 5652 5.3). */
  private static final String RSA = PKCSObjectIdentifiers.rsaEncryption.getId();

  private static final int LEAST_RSA = 2048;

  /** A larger one would only cost us time. */
  private static final int MOST_RSA = 8192;

  private static final int LEAST_CURVE = 256;

  private SignerRules() {}

  static boolean takesDigest(ASN1ObjectIdentifier digest) {
    return SignatureAlgorithms.takesDigest(digest.getId());
  }

  /** SHA-256 or better throughout, over signed attributes. */
  static boolean takesAlgorithms(SignerInformation signer) {
    String signature = signer.getEncryptionAlgOID();
    boolean taken =
        signature.equals(SignatureAlgorithms.RSA_PSS)
            ? takesPss(signer)
            : signature.equals(RSA) || SignatureAlgorithms.takesSignature(signature);
    // SECURITY: without these a message could be forged by way of SHA-1, or by content that reads
    // as signed attributes.
    return takesDigest(signer.getDigestAlgorithmID().getAlgorithm())
        && taken
        && signer.getSignedAttributes() != null;
  }

  private static boolean takesPss(SignerInformation signer) {
    RSASSAPSSparams parameters =
        RSASSAPSSparams.getInstance(
            signer.toASN1Structure().getDigestEncryptionAlgorithm().getParameters());
    return parameters != null && takesDigest(parameters.getHashAlgorithm().getAlgorithm());
  }

  /** Strong enough, and for signing. */
  static boolean takesKey(X509Certificate certificate) {
    return isStrong(certificate.getPublicKey()) && isForSigning(certificate);
  }

  static boolean isForSigning(X509Certificate certificate) {
    boolean @org.jspecify.annotations.Nullable [] usage = certificate.getKeyUsage();
    return usage == null || usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
  }

  static boolean isStrong(PublicKey key) {
    return key instanceof RSAPublicKey rsa
        ? rsa.getModulus().bitLength() >= LEAST_RSA && rsa.getModulus().bitLength() <= MOST_RSA
        : key instanceof ECPublicKey ec
            && ec.getParams().getCurve().getField().getFieldSize() >= LEAST_CURVE;
  }
}
