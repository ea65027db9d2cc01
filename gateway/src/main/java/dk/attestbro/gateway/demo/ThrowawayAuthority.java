package dk.attestbro.gateway.demo;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives in memory, for one run, and serves localhost only. */
final class ThrowawayAuthority {
  private static final X500Name NAME = new X500Name("CN=Attestbro throwaway CA,O=Demo,C=DK");

  /** Far beyond every warning that a certificate ends. */
  private static final Duration VALID = Duration.ofDays(365);

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final KeyPair keys = KeyKind.P_256.newPair();
  private final X509Certificate certificate;

  ThrowawayAuthority(Clock clock) {
    this.clock = clock;
    try {
      X509v3CertificateBuilder builder = builder(NAME, keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      this.certificate = sign(builder);
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException failed) {
      throw new IllegalStateException("the throwaway CA could not be made", failed);
    }
  }

  /** The authority's own certificate. */
  X509Certificate certificate() {
    return certificate;
  }

  /** A new key with a certificate for a TLS server on localhost, a TLS client and for CMS. */
  ThrowawayKey issue(String name, KeyKind kind) {
    return issue(name, kind, kind.newPair());
  }

  /** The same for a key pair of this kind. */
  ThrowawayKey issue(String name, KeyKind kind, KeyPair pair) {
    return issue(
        name,
        kind,
        pair,
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  /** A new key with a certificate for S/MIME mail from this address. */
  ThrowawayKey issueForMail(String name, String address) {
    KeyPair pair = KeyKind.P_256.newPair();
    return issue(name, KeyKind.P_256, pair, new GeneralName(GeneralName.rfc822Name, address));
  }

  private ThrowawayKey issue(String name, KeyKind kind, KeyPair pair, GeneralName... names) {
    try {
      X509v3CertificateBuilder builder =
          builder(new X500Name("CN=" + name + ",O=Demo,C=DK"), pair.getPublic());
      JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(certificate));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      int exchange = kind == KeyKind.RSA_3072 ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | exchange));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth,
                KeyPurposeId.id_kp_clientAuth,
                KeyPurposeId.id_kp_emailProtection
              }));
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      return new ThrowawayKey(pair.getPrivate(), sign(builder));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException failed) {
      throw new IllegalStateException("a throwaway certificate could not be made", failed);
    }
  }

  /** A certificate as PEM text. */
  static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException unreadable) {
      throw new IllegalArgumentException("a certificate without an encoding", unreadable);
    }
  }

  private X509v3CertificateBuilder builder(X500Name subject, PublicKey key)
      throws CertIOException, GeneralSecurityException {
    Instant now = clock.instant();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(127, random).add(BigInteger.ONE),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(VALID)),
            subject,
            key);
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    return builder;
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws OperatorCreationException, GeneralSecurityException {
    ContentSigner signer =
        new JcaContentSignerBuilder(KeyKind.P_256.signature()).build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }
}
