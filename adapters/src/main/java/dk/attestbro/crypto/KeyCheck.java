package dk.attestbro.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.operator.jcajce.JceGenericKey;
import org.bouncycastle.util.Arrays;

/**
 * Whether a key can do what it is for, found out by doing it, and whether its certificate allows
 * it.
 */
record KeyCheck(Predicate<PublicKey> strong, Instant now) {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;
  private static final AlgorithmIdentifier AES_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_GCM);

  /**
   * @throws WrongKey saying what is wrong and who mends it
   */
  void check(OwnKey use, KeySource source, KeyAndCertificate key) {
    checkWorks(use, source, key);
    X509Certificate certificate = key.certificate();
    CertificateDates dates = CertificateDates.of(certificate);
    if (now.isAfter(dates.notAfter())) {
      throw source.wrong(
          "has a certificate that expired on "
              + dates.notAfter()
              + "; the operator asks its issuer for a new one");
    }
    if (now.isBefore(dates.notBefore())) {
      throw source.wrong(
          "has a certificate that is valid from "
              + dates.notBefore()
              + " only; the operator waits, or checks this machine's clock");
    }
    if (!isStrong(use, certificate.getPublicKey())) {
      throw source.wrong(
          use == OwnKey.RECEIPTS
              ? "holds no P-256 key, which receipts are signed by; the operator makes one"
              : "holds a key that is too weak by attestbro.trust.policy; the operator makes a"
                  + " stronger one, or names another policy");
    }
    if (!mayBeUsed(use, certificate)) {
      throw source.wrong(
          "has a certificate that is not for this use (keyUsage); the operator asks its issuer for"
              + " one that is");
    }
  }

  /**
   * For a retired key: only whether it opens.
   *
   * @throws WrongKey saying what is wrong and who mends it
   */
  void checkOpens(KeySource source, KeyAndCertificate key) {
    checkWorks(OwnKey.ENCRYPTION, source, key);
  }

  private static void checkWorks(OwnKey use, KeySource source, KeyAndCertificate key) {
    boolean works;
    try {
      works = use == OwnKey.ENCRYPTION ? opens(key) : signs(key);
    } catch (GeneralSecurityException | CMSException | CmsRefused | RuntimeException failed) {
      if (key.token().isPresent()) {
        throw source.wrong(
            "describes a token that does not "
                + (use == OwnKey.ENCRYPTION ? "open" : "sign")
                + " with this key ("
                + TokenLogins.cause(failed)
                + "); the operator checks the key's attributes (docs/keys.md)");
      }
      works = false;
    }
    if (!works) {
      throw source.wrong(
          "holds a key and another key's certificate; the operator puts the two that belong"
              + " together");
    }
  }

  private boolean isStrong(OwnKey use, PublicKey key) {
    return switch (use) {
      case RECEIPTS -> key instanceof ECPublicKey curve && ReceiptKey.isP256(curve.getParams());
      // Whom the listener serves decides what is taken, so only what is broken is refused.
      case LISTENER -> SignerRules.isStrong(key);
      case SIGNING, ENCRYPTION, TLS_CLIENT -> strong.test(key);
    };
  }

  private static boolean mayBeUsed(OwnKey use, X509Certificate certificate) {
    boolean @org.jspecify.annotations.Nullable [] usage = certificate.getKeyUsage();
    if (usage == null) {
      return true;
    }
    return switch (use) {
      case ENCRYPTION ->
          certificate.getPublicKey() instanceof ECPublicKey
              ? usage[KEY_AGREEMENT]
              : usage[KEY_ENCIPHERMENT];
      case RECEIPTS, SIGNING -> usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
      case TLS_CLIENT, LISTENER -> usage[DIGITAL_SIGNATURE];
    };
  }

  private static boolean signs(KeyAndCertificate key) throws GeneralSecurityException {
    byte[] probe = new byte[32];
    Signature signing = KeyEngine.of(key).signature("SHA256");
    signing.update(probe);
    byte[] signed = signing.sign();
    boolean rsa = Providers.isRsa(key.key());
    Signature verifying = Signature.getInstance(rsa ? "RSASSA-PSS" : "SHA256withECDSA");
    if (rsa) {
      verifying.setParameter(Providers.PSS_SHA256);
    }
    verifying.initVerify(key.certificate().getPublicKey());
    verifying.update(probe);
    return verifying.verify(signed);
  }

  private static boolean opens(KeyAndCertificate key)
      throws GeneralSecurityException, CMSException, CmsRefused {
    byte[] probe = new byte[32];
    new SecureRandom().nextBytes(probe);
    DERSet recipients =
        new DERSet(
            CmsWriter.recipient(key.certificate())
                .generate(new JceGenericKey(AES_256, new SecretKeySpec(probe, "AES"))));
    byte[] opened =
        new ContentKeys(List.of(key), new PrivateKeyOperations())
            .of(recipients, AES_256, false)
            .getEncoded();
    return Arrays.constantTimeAreEqual(probe, opened);
  }
}
