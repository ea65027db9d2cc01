package dk.attestbro.gateway.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The certificates that the gateway signs with and calls with, as its operator hands them to
 * partners: the public half of the files in {@code <data>/keys}.
 */
final class GatewayCertificates {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private GatewayCertificates() {}

  /** Their SHA-256 fingerprints. */
  static Set<String> of(Path keys) {
    Set<String> fingerprints = new LinkedHashSet<>();
    for (String file : List.of("cms-signing.pem", "tls-client.pem")) {
      fingerprints.add(ThrowawayKey.fingerprint(read(keys.resolve(file))).hex());
    }
    return fingerprints;
  }

  /** What is encrypted to. */
  static X509Certificate encryption(Path keys) {
    return read(keys.resolve("cms-encryption.pem"));
  }

  private static X509Certificate read(Path file) {
    try {
      String pem = Files.readString(file, StandardCharsets.US_ASCII);
      String block = pem.substring(pem.indexOf(BEGIN), pem.indexOf(END) + END.length());
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException | CertificateException | IndexOutOfBoundsException unreadable) {
      throw new StepFailed("the gateway's certificate " + file + " cannot be read", unreadable);
    }
  }
}
