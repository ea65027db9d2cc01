package dk.attestbro.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * PEM (RFC 7468): a private key, as PKCS#8 with or without a password or in the older forms of
 * PKCS#1 and SEC 1; and its certificates, the key's own first.
 */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private PemFile() {}

  private record Block(String type, byte[] der) {}

  /**
   * @throws WrongKey saying what is wrong with the file, never what is in it
   */
  static PrivateKey key(KeySource source) {
    for (Block block : blocks(source, source.file())) {
      Optional<PrivateKeyInfo> info = privateKey(source, block);
      if (info.isPresent()) {
        try {
          return Providers.inMemory(info.get());
        } catch (GeneralSecurityException unusable) {
          throw source.wrong("holds no readable EC or RSA key");
        }
      }
    }
    throw source.wrong("holds no private key ('BEGIN PRIVATE KEY')");
  }

  /**
   * @throws WrongKey saying what is wrong with the file, never what is in it
   */
  static KeyAndCertificate keyAndCertificate(KeySource source) {
    PrivateKey key = key(source);
    List<X509Certificate> chain = certificates(source);
    if (chain.isEmpty()) {
      throw source.wrong(
          source.certificates().isEmpty()
              ? "holds no certificate beside its key"
              : "has no certificate: there is none in " + source.certificates().get());
    }
    return new KeyAndCertificate(
        key, chain.get(0), chain.subList(1, chain.size()), Optional.empty());
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

  private static Optional<PrivateKeyInfo> privateKey(KeySource source, Block block) {
    try {
      return switch (block.type()) {
        case "PRIVATE KEY" -> Optional.of(PrivateKeyInfo.getInstance(block.der()));
        case "ENCRYPTED PRIVATE KEY" -> Optional.of(decrypted(source, block.der()));
        case "RSA PRIVATE KEY" ->
            Optional.of(
                new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    RSAPrivateKey.getInstance(block.der())));
        case "EC PRIVATE KEY" -> {
          ECPrivateKey key = ECPrivateKey.getInstance(block.der());
          yield Optional.of(
              new PrivateKeyInfo(
                  new AlgorithmIdentifier(
                      X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                  key));
        }
        default -> Optional.empty();
      };
    } catch (WrongKey told) {
      throw told;
    } catch (IOException | RuntimeException broken) {
      // BouncyCastle throws unchecked for much of what is malformed.
      throw source.wrong("holds no readable EC or RSA key");
    }
  }

  private static PrivateKeyInfo decrypted(KeySource source, byte[] der) throws IOException {
    char[] password = KeyReader.password(source);
    try {
      return new PKCS8EncryptedPrivateKeyInfo(der)
          .decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(Providers.BOUNCY_CASTLE)
                  .build(password));
    } catch (PKCSException | OperatorCreationException wrong) {
      throw KeyReader.wrongPassword(source);
    }
  }

  /**
   * @throws WrongKey saying what is wrong with the file, never what is in it
   */
  static List<X509Certificate> certificates(KeySource source) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Block block : blocks(source, source.certificates().orElse(source.file()))) {
      if (block.type().equals("CERTIFICATE")) {
        try {
          chain.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.der())));
        } catch (GeneralSecurityException broken) {
          throw source.wrong("has a certificate that is not readable");
        }
      }
    }
    return chain;
  }

  private static List<Block> blocks(KeySource source, Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw KeyReader.unreadable(source, file);
    }
    List<Block> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      try {
        found.add(new Block(blocks.group(1), Base64.getMimeDecoder().decode(blocks.group(2))));
      } catch (IllegalArgumentException notBase64) {
        throw source.wrong("is not readable as PEM");
      }
    }
    return found;
  }
}
