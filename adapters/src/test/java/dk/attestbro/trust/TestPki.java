package dk.attestbro.trust;

import dk.attestbro.model.Certificate;
import dk.attestbro.samples.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Authorities that issue what is right and what is wrong, at a fixed time. */
public final class TestPki {
  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final AtomicLong SERIALS = new AtomicLong(100);

  private TestPki() {}

  /** A key and its certificate. */
  public record Holder(KeyPair keys, X509Certificate certificate) {
    /** The certificate as the model has it. */
    public Certificate model() {
      try {
        return Certificate.of(certificate.getEncoded());
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** Writes the certificate as PEM. */
    public Path write(Path file) {
      return TestPki.write(file, "CERTIFICATE", model().der());
    }

    /** What this authority issues next, an end entity's for signing unless it is changed. */
    public Order issue(String name) {
      return new Order(this, name);
    }

    /** A list of these, from an hour ago for a day. */
    public X509CRL crl(Holder... revoked) {
      return crl(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(23)), revoked);
    }

    /** A list of these, from then to then. */
    public X509CRL crl(Instant from, Instant to, Holder... revoked) {
      try {
        return new JcaX509CRLConverter().getCRL(signed(list(from, to, revoked)));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** An empty complete list of this number. */
    byte[] complete(int number) {
      return numbered(number, list(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(23))));
    }

    /** What was revoked since the complete list before this number. */
    byte[] delta(int number, Holder... revoked) {
      X509v2CRLBuilder delta = list(NOW.minusSeconds(60), NOW.plusSeconds(3600), revoked);
      try {
        delta.addExtension(
            Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(number - 1L)));
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
      return numbered(number, delta);
    }

    private byte[] numbered(int number, X509v2CRLBuilder list) {
      try {
        list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
        return signed(list).getEncoded();
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private X509v2CRLBuilder list(Instant from, Instant to, Holder... revoked) {
      X509v2CRLBuilder builder = new X509v2CRLBuilder(subject(certificate), Date.from(from));
      builder.setNextUpdate(Date.from(to));
      for (Holder one : revoked) {
        builder.addCRLEntry(one.certificate().getSerialNumber(), Date.from(from), 1);
      }
      return builder;
    }

    private X509CRLHolder signed(X509v2CRLBuilder list) {
      try {
        return list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
      } catch (OperatorCreationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** A certificate to be made, with whatever is wrong with it. */
  public static final class Order {
    private final Optional<X500Name> issuer;
    private final X500Name subject;
    private KeyPair keys = TestKeys.curve("secp256r1");
    private Instant from = NOW.minus(Duration.ofDays(30));
    private Instant to = NOW.plus(Duration.ofDays(300));
    private String algorithm = "SHA256withECDSA";
    private PrivateKey signer;
    private int usage = KeyUsage.digitalSignature;
    private BasicConstraints constraints = new BasicConstraints(false);
    private final List<Extension> extensions = new ArrayList<>();

    private Order(Holder issuer, String name) {
      this.issuer = Optional.of(subject(issuer.certificate()));
      this.subject = named(name);
      this.signer = issuer.keys().getPrivate();
    }

    private Order(KeyPair itself, String name) {
      this.issuer = Optional.empty();
      this.subject = named(name);
      this.signer = itself.getPrivate();
    }

    private static X500Name named(String name) {
      return new X500Name("CN=" + name + ",O=Test,C=DK");
    }

    /** Changes it. */
    public Order authority() {
      constraints = new BasicConstraints(true);
      usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
      return this;
    }

    Order pathLength(int length) {
      constraints = new BasicConstraints(length);
      return this;
    }

    /** Changes it. */
    public Order keys(KeyPair other) {
      keys = other;
      return this;
    }

    /** Changes it. */
    public Order dates(Instant notBefore, Instant notAfter) {
      from = notBefore;
      to = notAfter;
      return this;
    }

    Order signedWith(String other) {
      algorithm = other;
      return this;
    }

    Order signedBy(KeyPair other) {
      signer = other.getPrivate();
      return this;
    }

    /** Changes it. */
    public Order usage(int bits) {
      usage = bits;
      return this;
    }

    /** Changes it. */
    public Order with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
      try {
        extensions.add(new Extension(oid, critical, value.toASN1Primitive().getEncoded()));
        return this;
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** Makes it. */
    public Holder make() {
      return made(issuer.orElse(subject), this);
    }
  }

  /** An authority of its own, with a curve. */
  public static Holder root(String name) {
    return root(name, TestKeys.curve("secp256r1"));
  }

  /** An authority of its own, with this key. */
  public static Holder root(String name, KeyPair keys) {
    Order order = new Order(keys, name).authority().keys(keys);
    return order.make();
  }

  /** Writes this as PEM of that type. */
  public static Path write(Path file, String type, byte[] der) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(
          file,
          "-----BEGIN "
              + type
              + "-----\n"
              + Base64.getMimeEncoder().encodeToString(der)
              + "\n-----END "
              + type
              + "-----\n");
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Holder made(X500Name issuerName, Order order) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuerName,
            BigInteger.valueOf(SERIALS.incrementAndGet()),
            Date.from(order.from),
            Date.from(order.to),
            order.subject,
            order.keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, order.constraints);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(order.usage));
      for (Extension extension : order.extensions) {
        builder.addExtension(extension);
      }
      return new Holder(
          order.keys,
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder(order.algorithm).build(order.signer))));
    } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static X500Name subject(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }
}
