package dk.attestbro.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys that the gateway makes for itself, with a self-signed certificate of three years. */
final class SelfSigned {
  private static final int YEARS = 3;

  private SelfSigned() {}

  /** What a certificate is for: its keyUsage follows from this and the kind of key. */
  enum Use {
    SIGN("CMS signing", KeyPurposeId.id_kp_emailProtection),
    ENCRYPT("CMS encryption", KeyPurposeId.id_kp_emailProtection),
    TLS_CLIENT("TLS client", KeyPurposeId.id_kp_clientAuth);

    private final String label;
    private final KeyPurposeId purpose;

    Use(String label, KeyPurposeId purpose) {
      this.label = label;
      this.purpose = purpose;
    }

    private int keyUsage(KeyKind kind) {
      return switch (this) {
        case SIGN -> KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
        case ENCRYPT -> kind == KeyKind.P_256 ? KeyUsage.keyAgreement : KeyUsage.keyEncipherment;
        case TLS_CLIENT -> KeyUsage.digitalSignature;
      };
    }
  }

  static KeyAndCertificate make(String name, Use use, KeyKind kind, Instant now) {
    KeyPair pair = pair(kind);
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, name + " " + use.label).build();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(127, new SecureRandom()),
            Date.from(now.minus(Duration.ofMinutes(5))),
            Date.from(now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant()),
            subject,
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(use.keyUsage(kind)));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use.purpose));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      String algorithm = kind == KeyKind.P_256 ? "SHA256withECDSA" : "SHA256withRSA";
      return new KeyAndCertificate(
          pair.getPrivate(),
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()))));
    } catch (GeneralSecurityException
        | OperatorCreationException
        | java.io.IOException impossible) {
      throw new IllegalStateException("a certificate could not be made", impossible);
    }
  }

  static KeyPair pair(KeyKind kind) {
    try {
      KeyPairGenerator generator;
      switch (kind) {
        case P_256 -> {
          generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        case RSA_3072 -> {
          // Java takes seconds for one.
          generator =
              AwsLc.PROVIDER.isPresent()
                  ? KeyPairGenerator.getInstance("RSA", AwsLc.PROVIDER.get())
                  : KeyPairGenerator.getInstance("RSA");
          generator.initialize(3072);
        }
        default -> throw new IllegalStateException("no such kind: " + kind);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256 and RSA", impossible);
    }
  }
}
