package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** From when until when a certificate is valid. */
public record CertificateDates(Instant notBefore, Instant notAfter) {
  /**
   * @throws IllegalArgumentException where it cannot be parsed
   */
  public static CertificateDates of(Certificate certificate) {
    return of(parse(certificate));
  }

  static CertificateDates of(X509Certificate certificate) {
    return new CertificateDates(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  boolean hold(Instant now) {
    return !now.isBefore(notBefore) && !now.isAfter(notAfter);
  }

  static X509Certificate parse(Certificate certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.der()));
    } catch (CertificateException broken) {
      throw new IllegalArgumentException("not readable: " + certificate, broken);
    }
  }
}
