package dk.attestbro.crypto;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.SignerInformation;

/** By which algorithms and keys a signature is taken, wherever it comes from. */
final class SignerRules {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;
  private static final Set<ASN1ObjectIdentifier> DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512);
  private static final Set<ASN1ObjectIdentifier> SIGNATURES =
      Set.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512,
          PKCSObjectIdentifiers.rsaEncryption,
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption);
  private static final int LEAST_RSA = 2048;

  /** A larger one would only cost us time. */
  private static final int MOST_RSA = 8192;

  private static final int LEAST_CURVE = 256;

  private SignerRules() {}

  static boolean takesDigest(ASN1ObjectIdentifier digest) {
    return DIGESTS.contains(digest);
  }

  /** SHA-256 or better throughout, over signed attributes. */
  static boolean takesAlgorithms(SignerInformation signer) {
    ASN1ObjectIdentifier signature = new ASN1ObjectIdentifier(signer.getEncryptionAlgOID());
    boolean pss = signature.equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
    // SECURITY: without these a message could be forged by way of SHA-1, or by content that reads
    // as signed attributes.
    return takesDigest(signer.getDigestAlgorithmID().getAlgorithm())
        && (pss ? takesPss(signer) : SIGNATURES.contains(signature))
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
