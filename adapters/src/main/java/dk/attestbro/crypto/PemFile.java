package dk.attestbro.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** PEM (RFC 7468): a PKCS#8 private key, and where it has one its certificate. */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private PemFile() {}

  /**
   * @throws IllegalArgumentException saying what is wrong with the file, never what is in it
   */
  static PrivateKey key(Path file) {
    byte[] pkcs8 =
        block(file, "PRIVATE KEY")
            .orElseThrow(
                () -> new IllegalArgumentException(file + " holds no PKCS#8 'BEGIN PRIVATE KEY'"));
    try {
      boolean curve =
          PrivateKeyInfo.getInstance(pkcs8)
              .getPrivateKeyAlgorithm()
              .getAlgorithm()
              .equals(X9ObjectIdentifiers.id_ecPublicKey);
      KeyFactory factory =
          curve
              ? KeyFactory.getInstance("EC", Providers.BOUNCY_CASTLE)
              : KeyFactory.getInstance("RSA");
      return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new IllegalArgumentException(file + " holds no readable EC or RSA key", broken);
    }
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the file, never what is in it
   */
  static KeyAndCertificate keyAndCertificate(Path file) {
    PrivateKey key = key(file);
    byte[] der =
        block(file, "CERTIFICATE")
            .orElseThrow(
                () -> new IllegalArgumentException(file + " holds no certificate beside its key"));
    KeyAndCertificate read;
    try {
      read =
          new KeyAndCertificate(
              key,
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(der)));
    } catch (GeneralSecurityException broken) {
      throw new IllegalArgumentException(file + " holds no readable certificate", broken);
    }
    if (!read.belongTogether()) {
      throw new IllegalArgumentException(file + " holds a key and another key's certificate");
    }
    return read;
  }

  static String block(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static Optional<byte[]> block(Path file, String type) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(file + " cannot be read", unreadable);
    }
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals(type)) {
        try {
          return Optional.of(Base64.getMimeDecoder().decode(blocks.group(2)));
        } catch (IllegalArgumentException notBase64) {
          throw new IllegalArgumentException(file + " is not readable as PEM", notBase64);
        }
      }
    }
    return Optional.empty();
  }
}
