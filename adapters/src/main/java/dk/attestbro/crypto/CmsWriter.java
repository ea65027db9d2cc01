package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MessageProtection.CertificateUnusable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Signs and encrypts in one pass, so that a large letter is held once, and once encrypted. */
final class CmsWriter {
  private static final int CHUNK = 1 << 16;
  private static final int ROOM = 1 << 14;
  private static final int GCM_NONCE = 12;
  private static final int GCM_TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
  private static final AlgorithmIdentifier PSS_SHA256 =
      new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSASSA_PSS,
          new RSASSAPSSparams(
              SHA256,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA256),
              new ASN1Integer(32),
              new ASN1Integer(1)));

  private final KeyAndCertificate signing;
  private final KeyEngine engine;
  private final PrivateKeyOperations operations;
  private final DigestCalculatorProvider digests;
  private final JcaX509CertificateHolder signerCertificate;
  private final List<JcaX509CertificateHolder> issuers = new ArrayList<>();
  private final Map<Digest, X509Certificate> parsed = new ConcurrentHashMap<>();

  CmsWriter(KeyAndCertificate signing, PrivateKeyOperations operations) {
    this.signing = signing;
    this.engine = KeyEngine.of(signing);
    this.operations = operations;
    try {
      this.digests = new JcaDigestCalculatorProviderBuilder().build();
      this.signerCertificate = new JcaX509CertificateHolder(signing.certificate());
      for (X509Certificate issuer : signing.issuers()) {
        issuers.add(new JcaX509CertificateHolder(issuer));
      }
    } catch (OperatorCreationException | CertificateEncodingException impossible) {
      throw new IllegalStateException("a parsed certificate has an encoding", impossible);
    }
  }

  byte[] write(Payload content, Certificate encryptTo, Instant now) {
    return encrypted(
        content.size(),
        encryptTo,
        now,
        encrypting ->
            sign(
                encrypting,
                true,
                now,
                entity -> {
                  entity.write(MimeEntity.header(content.mediaType()));
                  entity.write(content.bytes());
                }));
  }

  /** AuthEnvelopedData over what is written to it. */
  byte[] encrypted(int size, Certificate encryptTo, Instant now, Writing writing) {
    X509Certificate receiver = usable(encryptTo, now);
    Trimmed cms = new Trimmed(size + size / 512 + ROOM);
    try {
      CMSAuthEnvelopedDataStreamGenerator envelope = new CMSAuthEnvelopedDataStreamGenerator();
      envelope.setBufferSize(CHUNK);
      envelope.addRecipientInfoGenerator(recipient(receiver));
      OutputAEADEncryptor encryptor =
          (OutputAEADEncryptor)
              new JceCMSContentEncryptorBuilder(NISTObjectIdentifiers.id_aes256_GCM)
                  .setAlgorithmParameters(oneTimeNonce())
                  .build();
      try (OutputStream encrypting = envelope.open(cms, encryptor)) {
        writing.to(encrypting);
      }
    } catch (CMSException | IOException failed) {
      throw new IllegalStateException("a letter could not be encrypted", failed);
    }
    return cms.bytes();
  }

  /** BouncyCastle would ask the platform for a generator that it does not have, each time. */
  private static AlgorithmParameters oneTimeNonce() {
    byte[] nonce = new byte[GCM_NONCE];
    RANDOM.nextBytes(nonce);
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("GCM");
      parameters.init(new GCMParameterSpec(GCM_TAG_BITS, nonce));
      return parameters;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java has AES-GCM", impossible);
    }
  }

  /**
   * SignedData over what is written to it.
   *
   * @param inside whether what is signed stands in it too
   */
  void sign(OutputStream into, boolean inside, Instant now, Writing writing) throws IOException {
    try {
      CMSSignedDataStreamGenerator signed = new CMSSignedDataStreamGenerator();
      signed.setBufferSize(CHUNK);
      signed.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(digests)
              .setSignedAttributeGenerator(signedAt(now))
              .build(new KeySigner(engine, isLarge(signing)), signerCertificate));
      signed.addCertificate(signerCertificate);
      for (JcaX509CertificateHolder issuer : issuers) {
        signed.addCertificate(issuer);
      }
      try (OutputStream entity = signed.open(into, inside)) {
        writing.to(entity);
      }
    } catch (CMSException | OperatorCreationException failed) {
      throw new IllegalStateException("a letter could not be signed", failed);
    }
    operations.count(PrivateKeyOperations.Kind.SIGN);
  }

  /** The digest of its signatures, as multipart/signed names it (RFC 8551, 3.5.3.2). */
  String micalg() {
    return isLarge(signing) ? "sha-384" : "sha-256";
  }

  private X509Certificate usable(Certificate encryptTo, Instant now) {
    X509Certificate certificate =
        parsed.computeIfAbsent(
            encryptTo.fingerprint(), unused -> CertificateDates.parse(encryptTo));
    CertificateDates dates = CertificateDates.of(certificate);
    if (now.isBefore(dates.notBefore())) {
      throw new CertificateUnusable("CERTIFICATE_NOT_YET_VALID");
    }
    if (now.isAfter(dates.notAfter())) {
      throw new CertificateUnusable("CERTIFICATE_EXPIRED");
    }
    boolean @org.jspecify.annotations.Nullable [] usage = certificate.getKeyUsage();
    boolean supported =
        certificate.getPublicKey() instanceof RSAPublicKey rsa
            ? rsa.getModulus().bitLength() >= 2048 && (usage == null || usage[KEY_ENCIPHERMENT])
            : certificate.getPublicKey() instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() >= 256
                && (usage == null || usage[KEY_AGREEMENT]);
    if (!supported) {
      throw new CertificateUnusable("CERTIFICATE_KEY_UNSUPPORTED");
    }
    return certificate;
  }

  static RecipientInfoGenerator recipient(X509Certificate receiver) {
    try {
      if (receiver.getPublicKey() instanceof ECPublicKey) {
        return AgreedRecipient.of(receiver);
      }
      OAEPParameterSpec oaep =
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
      return new JceKeyTransRecipientInfoGenerator(
              receiver,
              new JcaAlgorithmParametersConverter()
                  .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep))
          .setProvider(Providers.BOUNCY_CASTLE);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the certificate's key was looked at before", impossible);
    }
  }

  /** The signing time is the caller's; the other attributes are added by the generator. */
  private static DefaultSignedAttributeTableGenerator signedAt(Instant now) {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(now)))));
    return new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes));
  }

  private static boolean isLarge(KeyAndCertificate signing) {
    return signing.certificate().getPublicKey() instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField().getFieldSize() >= 384;
  }

  /** What is to be signed or encrypted. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** One signature. */
  private static final class KeySigner implements ContentSigner {
    private final Signature signature;
    private final AlgorithmIdentifier algorithm;

    KeySigner(KeyEngine engine, boolean large) {
      this.algorithm =
          Providers.isRsa(engine.key())
              ? PSS_SHA256
              : new AlgorithmIdentifier(
                  large
                      ? X9ObjectIdentifiers.ecdsa_with_SHA384
                      : X9ObjectIdentifiers.ecdsa_with_SHA256);
      try {
        this.signature = engine.signature(large ? "SHA384" : "SHA256");
      } catch (GeneralSecurityException unusable) {
        throw new IllegalStateException("the signing key cannot be used", unusable);
      }
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          try {
            signature.update(bytes, from, length);
          } catch (SignatureException failed) {
            throw new IOException(failed);
          }
        }
      };
    }

    @Override
    public byte[] getSignature() {
      try {
        return signature.sign();
      } catch (SignatureException failed) {
        throw new IllegalStateException("the signing key cannot be used", failed);
      }
    }
  }

  /** Grows seldom, and gives its array away without a copy where it is full to the brim. */
  private static final class Trimmed extends ByteArrayOutputStream {
    Trimmed(int size) {
      super(size);
    }

    byte[] bytes() {
      return count == buf.length ? buf : Arrays.copyOf(buf, count);
    }
  }
}
