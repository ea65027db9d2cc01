package dk.attestbro.samples;

import dk.attestbro.model.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test, and what it issues. Nothing of it outlives the test. */
public final class TestCa {
  private static final char[] PASSWORD = "test".toCharArray();

  private final KeyPair keys;
  private final X509Certificate certificate;

  /** The kinds of key. */
  public enum Keys {
    P256,
    P384,
    RSA_3072,
    RSA_1024
  }

  /** A private key and its certificate. */
  public record Issued(PrivateKey key, X509Certificate certificate) {
    /** The certificate as the model has it. */
    public Certificate model() {
      try {
        return Certificate.of(certificate.getEncoded());
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    public String certificatePem() {
      return pem("CERTIFICATE", model().der());
    }

    /** PKCS#8. */
    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /** A PKCS#12 store with this one entry, password {@code test}. */
    public KeyStore keyStore() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("key", key, PASSWORD, new X509Certificate[] {certificate});
        return store;
      } catch (GeneralSecurityException | IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public String toString() {
      return "Issued[" + certificate.getSubjectX500Principal() + "]";
    }
  }

  public TestCa(String name) {
    this.keys = pair(Keys.P256);
    Instant now = Instant.now();
    try {
      X509v3CertificateBuilder builder =
          builder(name, name, keys, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      this.certificate = signed(builder, keys.getPrivate());
    } catch (CertIOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's own certificate as the model has it. */
  public Certificate model() {
    return new Issued(keys.getPrivate(), certificate).model();
  }

  public String certificatePem() {
    return new Issued(keys.getPrivate(), certificate).certificatePem();
  }

  /** For TLS servers at localhost and 127.0.0.1. */
  public Issued server() {
    return issue("localhost", Keys.P256, yesterday(), inAYear(), 0, true);
  }

  /** For a TLS server at another name than localhost. */
  public Issued serverOfAnotherName() {
    return issue("elsewhere.example", Keys.P256, yesterday(), inAYear(), 0, false);
  }

  /** For TLS clients, and to sign and be encrypted to: valid from yesterday for a year. */
  public Issued client(String name, Keys keys) {
    return issue(name, keys, yesterday(), inAYear(), 0, false);
  }

  /** As a client's, of someone who writes mail from this address. */
  public Issued writer(String address, Keys keys) {
    return issue(
        "writer",
        keys,
        yesterday(),
        inAYear(),
        0,
        new GeneralName[] {new GeneralName(GeneralName.rfc822Name, address)});
  }

  /** As a client's, within these dates. */
  public Issued client(String name, Keys keys, Instant notBefore, Instant notAfter) {
    return issue(name, keys, notBefore, notAfter, 0, false);
  }

  /** As a client's, with this keyUsage alone (bits of {@link KeyUsage}). */
  public Issued client(String name, Keys keys, int keyUsage) {
    return issue(name, keys, yesterday(), inAYear(), keyUsage, false);
  }

  /** As a client's, that ended yesterday. */
  public Issued expired(String name, Keys keys) {
    return issue(name, keys, yesterday().minus(Duration.ofDays(30)), yesterday(), 0, false);
  }

  /** The server side of TLS that asks for, but does not demand, a client certificate. */
  public SSLContext serverContext(Issued server) {
    return context(server.keyStore());
  }

  private SSLContext context(KeyStore keyStore) {
    try {
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keyStore, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setCertificateEntry("ca", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      return trust.getTrustManagers();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Issued issue(
      String name, Keys kind, Instant notBefore, Instant notAfter, int keyUsage, boolean local) {
    GeneralName[] names =
        local
            ? new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }
            : new GeneralName[] {new GeneralName(GeneralName.dNSName, name)};
    return issue(name, kind, notBefore, notAfter, keyUsage, names);
  }

  private Issued issue(
      String name,
      Keys kind,
      Instant notBefore,
      Instant notAfter,
      int keyUsage,
      GeneralName[] names) {
    KeyPair pair = pair(kind);
    boolean rsa = pair.getPublic().getAlgorithm().equals("RSA");
    int usage =
        keyUsage != 0
            ? keyUsage
            : KeyUsage.digitalSignature | (rsa ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement);
    String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
    try {
      X509v3CertificateBuilder builder = builder(issuer, name, pair, notBefore, notAfter);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
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
      return new Issued(pair.getPrivate(), signed(builder, keys.getPrivate()));
    } catch (CertIOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes a PEM file and returns it. */
  public static Path write(Path file, String pem) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(file, pem);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static X509v3CertificateBuilder builder(
      String issuer, String subject, KeyPair keys, Instant notBefore, Instant notAfter) {
    return new JcaX509v3CertificateBuilder(
        new X500Name("CN=" + issuer),
        new BigInteger(127, new SecureRandom()),
        Date.from(notBefore),
        Date.from(notAfter),
        new X500Name("CN=" + subject),
        keys.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair pair(Keys kind) {
    return switch (kind) {
      case P256 -> TestKeys.curve("secp256r1");
      case P384 -> TestKeys.curve("secp384r1");
      case RSA_3072 -> TestKeys.rsa(3072);
      case RSA_1024 -> TestKeys.rsa(1024);
    };
  }

  private static Instant yesterday() {
    return Instant.now().minus(Duration.ofDays(1));
  }

  private static Instant inAYear() {
    return Instant.now().plus(Duration.ofDays(365));
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
