package dk.attestbro.directory;

import dk.attestbro.model.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A PEM file (RFC 7468) with exactly one certificate. */
final class PemCertificate {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  private PemCertificate() {}

  /**
   * @throws IllegalArgumentException saying what is wrong with the file
   */
  static Certificate read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "the file " + file + " cannot be read: " + FileTrouble.of(unreadable), unreadable);
    }
    // SECURITY: a private key has no place in the directory, and whoever put it there must know.
    if (text.contains("PRIVATE KEY-----")) {
      throw new IllegalArgumentException(
          "the file " + file + " holds a private key: name the certificate alone");
    }
    int first = text.indexOf(BEGIN);
    if (first < 0 || text.indexOf(BEGIN, first + 1) >= 0) {
      throw new IllegalArgumentException(
          "the file " + file + " must hold exactly one PEM certificate");
    }
    try {
      return Certificate.of(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(
                      text.substring(first).getBytes(StandardCharsets.ISO_8859_1)))
              .getEncoded());
    } catch (CertificateException broken) {
      throw new IllegalArgumentException(
          "the file " + file + " holds no readable certificate", broken);
    }
  }

  /** The certificate, parsed. */
  static X509Certificate parse(Certificate certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.der()));
    } catch (CertificateException broken) {
      throw new IllegalStateException("not a certificate: " + certificate, broken);
    }
  }
}
