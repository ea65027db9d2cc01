package dk.attestbro.mail;

import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.port.MailReading;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.CollectionStore;

/** Mails, honest and not, made by BouncyCastle's plain generators. */
final class Mails {
  static final String ADDRESS = "attester@aarhus.example";
  static final TestCa CA = new TestCa("Mail CA");
  static final Issued WRITER = CA.writer(ADDRESS, Keys.P256);
  static final Issued STRANGER = CA.writer("someone@elsewhere.example", Keys.P256);
  static final Issued GATEWAY = CA.client("gateway", Keys.P256);
  static final String BUNDLE = "{\"resourceType\":\"Bundle\"}";
  static final String TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\nKære læge\r\n";
  static final MimeMailReader READER = reader(GATEWAY);

  private static final Provider BC = new BouncyCastleProvider();

  private Mails() {}

  static MimeMailReader reader(Issued gateway) {
    return new MimeMailReader(smime(gateway), MimeLimits.DEFAULT);
  }

  static CmsSmime smime(Issued own) {
    KeyAndCertificate pair = new KeyAndCertificate(own.key(), own.certificate());
    return new CmsSmime(pair, List.of(pair), new PrivateKeyOperations());
  }

  static MailReading read(String mail) {
    return READER.read(bytes(mail));
  }

  static MailReading read(byte[] mail) {
    return READER.read(mail);
  }

  /** A mail from the writer, its last fields and its body as this entity has them. */
  static byte[] mail(byte[] entity) {
    return mail("[AB] besked", entity);
  }

  static byte[] mail(String subject, byte[] entity) {
    return joined(
        bytes(
            "From: Jobcenter <"
                + ADDRESS
                + ">\r\nTo: attestbro@gateway.example\r\nSubject: "
                + subject
                + "\r\nMessage-ID: <1@aarhus.example>\r\nMIME-Version: 1.0\r\n"),
        entity);
  }

  static byte[] mail(String entity) {
    return mail(bytes(entity));
  }

  /** A multipart of these entities. */
  static String multipart(String type, String... entities) {
    String boundary = "b" + Integer.toHexString(String.join("", entities).hashCode());
    StringBuilder text =
        new StringBuilder(
            "Content-Type: multipart/" + type + "; boundary=\"" + boundary + "\"\r\n\r\n");
    for (String entity : entities) {
      text.append("--").append(boundary).append("\r\n").append(entity).append("\r\n");
    }
    return text.append("--").append(boundary).append("--\r\n").toString();
  }

  static String attachment(String type, String name, String content) {
    return "Content-Type: "
        + type
        + "\r\nContent-Disposition: attachment; filename=\""
        + name
        + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(bytes(content));
  }

  /** Signed, the content inside. */
  static byte[] opaque(byte[] entity, Issued... signers) {
    return pkcs7("signed-data", encoded(signedData(entity, true, signers)));
  }

  /** Signed, the signature beside. */
  static byte[] detached(byte[] entity, Issued... signers) {
    return detached(entity, signedData(entity, false, signers));
  }

  /** These bytes with a signature that was made over others by one of its signers. */
  static byte[] withOneBadSignature(byte[] entity) {
    try {
      CMSSignedData good = signedData(entity, false, WRITER);
      CMSSignedData bad = signedData(bytes("another text"), false, STRANGER);
      List<SignerInformation> signers = new ArrayList<>(good.getSignerInfos().getSigners());
      signers.addAll(bad.getSignerInfos().getSigners());
      CMSSignedData both = CMSSignedData.replaceSigners(good, new SignerInformationStore(signers));
      return detached(
          entity,
          CMSSignedData.replaceCertificatesAndCRLs(
              both,
              new CollectionStore<X509CertificateHolder>(
                  List.of(
                      new JcaX509CertificateHolder(WRITER.certificate()),
                      new JcaX509CertificateHolder(STRANGER.certificate()))),
              both.getAttributeCertificates(),
              both.getCRLs()));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] detached(byte[] entity, CMSSignedData signature) {
    return joined(
        bytes(
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";"
                + " micalg=sha-256; boundary=\"the-signed\"\r\n\r\n--the-signed\r\n"),
        entity,
        bytes(
            "\r\n--the-signed\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"),
        Base64.getMimeEncoder().encode(encoded(signature)),
        bytes("\r\n--the-signed--\r\n"));
  }

  /** Encrypted to the gateway with AES-256-GCM. */
  static byte[] encrypted(byte[] entity) {
    return encrypted(entity, GATEWAY);
  }

  static byte[] encrypted(byte[] entity, Issued receiver) {
    try {
      CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
      generator.addRecipientInfoGenerator(recipient(receiver));
      return pkcs7(
          "authEnveloped-data",
          generator
              .generate(
                  new CMSProcessableByteArray(entity),
                  (OutputAEADEncryptor)
                      new JceCMSContentEncryptorBuilder(NISTObjectIdentifiers.id_aes256_GCM)
                          .build())
              .getEncoded());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Encrypted to the gateway by an algorithm of the days before S/MIME 4.0. */
  static byte[] encrypted(byte[] entity, ASN1ObjectIdentifier algorithm) {
    try {
      CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
      generator.addRecipientInfoGenerator(recipient(GATEWAY));
      return pkcs7(
          "enveloped-data",
          generator
              .generate(
                  new CMSProcessableByteArray(entity),
                  new JceCMSContentEncryptorBuilder(algorithm).setProvider(BC).build())
              .getEncoded());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JceKeyAgreeRecipientInfoGenerator recipient(Issued receiver) throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC", BC);
    pairs.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair once = pairs.generateKeyPair();
    return new JceKeyAgreeRecipientInfoGenerator(
            SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme,
            once.getPrivate(),
            once.getPublic(),
            NISTObjectIdentifiers.id_aes256_wrap)
        .addRecipient(receiver.certificate())
        .setProvider(BC);
  }

  /** Compressed: a small mail that would become a large one. */
  static byte[] compressed(byte[] entity) {
    try {
      return pkcs7(
          "compressed-data",
          new CMSCompressedDataGenerator()
              .generate(new CMSProcessableByteArray(entity), new ZlibCompressor())
              .getEncoded());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] pkcs7(String smimeType, byte[] cms) {
    return joined(
        bytes(
            "Content-Type: application/pkcs7-mime; smime-type="
                + smimeType
                + "; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
        Base64.getMimeEncoder().encode(cms),
        bytes("\r\n"));
  }

  static CMSSignedData signedData(byte[] content, boolean inside, Issued... signers) {
    return signedData("SHA256withECDSA", content, inside, signers);
  }

  static CMSSignedData signedData(
      String algorithm, byte[] content, boolean inside, Issued... signers) {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      for (Issued signer : signers) {
        generator.addSignerInfoGenerator(
            new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .build(
                    new JcaContentSignerBuilder(algorithm).build(signer.key()),
                    signer.certificate()));
        generator.addCertificate(new JcaX509CertificateHolder(signer.certificate()));
      }
      return generator.generate(new CMSProcessableByteArray(content), inside);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] encoded(CMSSignedData signedData) {
    try {
      return signedData.getEncoded();
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
