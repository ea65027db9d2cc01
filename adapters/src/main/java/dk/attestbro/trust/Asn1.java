package dk.attestbro.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** The few things that are read from DER by hand; what cannot be read is an exception. */
final class Asn1 {
  /** Passed as an instance and never registered. */
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private Asn1() {}

  static ASN1Primitive read(byte[] der) {
    try {
      return ASN1Primitive.fromByteArray(der);
    } catch (IOException broken) {
      throw new IllegalArgumentException("not DER", broken);
    }
  }

  /** What stands inside an extension. */
  static ASN1Primitive extension(byte[] value) {
    return read(ASN1OctetString.getInstance(value).getOctets());
  }

  /**
   * A certificate that the platform can read, as BouncyCastle has it. BouncyCastle must be given
   * its own certificates and CRLs: with the platform's it overlooks entries of indirect CRLs.
   */
  static X509Certificate certificate(byte[] der) throws CertificateException {
    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
  }

  static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509", BOUNCY_CASTLE);
  }

  static boolean bit(boolean @Nullable [] bits, int number) {
    return bits != null && bits.length > number && bits[number];
  }
}
