package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MessageProtection.CertificateUnusable;
import dk.attestbro.port.MessageProtection.Opened;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CmsProtectionTest {
  private static final TestCa CA = new TestCa("Test CA");
  private static final Issued OTHER = CA.client("other", Keys.P256);
  private static final Instant NOW = Instant.now();
  private static final Payload LETTER =
      new Payload(
          "{\"resourceType\":\"Bundle\"}".repeat(400).getBytes(StandardCharsets.UTF_8),
          MediaType.FHIR_JSON);

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384", "RSA_3072"})
  void opensWhatItProtected(Keys kind) {
    Issued sender = CA.client("sender", kind);
    Issued receiver = CA.client("receiver", kind);
    PrivateKeyOperations operations = new PrivateKeyOperations();

    byte[] cms = with(sender, operations).protect(LETTER, receiver.model(), NOW);
    Opened opened = with(receiver, operations).open(cms, NOW);

    assertThat(opened.content()).isEqualTo(LETTER);
    assertThat(opened.signer()).isEqualTo(sender.model().fingerprint());
    assertThat(operations.of(PrivateKeyOperations.Kind.SIGN)).isEqualTo(1);
    assertThat(operations.of(PrivateKeyOperations.Kind.DECRYPT)).isEqualTo(1);
    assertThat(new String(cms, StandardCharsets.ISO_8859_1)).doesNotContain("resourceType");
  }

  @Test
  void bindsTheMediaType() {
    Issued receiver = CA.client("receiver", Keys.P256);
    Payload xml = new Payload("<Bundle/>".getBytes(StandardCharsets.UTF_8), MediaType.FHIR_XML);

    byte[] cms = with(OTHER).protect(xml, receiver.model(), NOW);

    assertThat(with(receiver).open(cms, NOW).content()).isEqualTo(xml);
  }

  @Test
  void isReadByAnotherImplementationOfTheStandard() throws Exception {
    Issued receiver = CA.client("receiver", Keys.P256);

    byte[] cms = with(OTHER).protect(LETTER, receiver.model(), NOW);

    byte[] signed =
        new CMSAuthEnvelopedData(cms)
            .getRecipientInfos()
            .get(new JceKeyAgreeRecipientId(receiver.certificate()))
            .getContent(
                new JceKeyAgreeEnvelopedRecipient(receiver.key())
                    .setProvider(Providers.BOUNCY_CASTLE));
    byte[] entity = (byte[]) new CMSSignedData(signed).getSignedContent().getContent();
    assertThat(new String(entity, StandardCharsets.UTF_8))
        .startsWith(
            "Content-Type: application/fhir+json\r\nContent-Transfer-Encoding: binary\r\n\r\n{")
        .endsWith("}");
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void refusesAMessageThatWasChangedAnywhere(Keys kind) {
    Issued receiver = CA.client("receiver", kind);
    byte[] cms = with(CA.client("sender", kind)).protect(LETTER, receiver.model(), NOW);
    CmsProtection opening = with(receiver);
    Random random = new Random(1);

    for (int i = 0; i < 160; i++) {
      byte[] changed = cms.clone();
      int at = i < 40 ? i : i < 80 ? cms.length - 1 - (i - 40) : random.nextInt(cms.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      try {
        // A bit may have no meaning (a NULL's neighbour, a redundant version); then nothing
        // changes.
        assertThat(opening.open(changed, NOW).content()).isEqualTo(LETTER);
      } catch (MessageRefused refused) {
        assertThat(refused.refusal().reason())
            .isIn(RefusalReason.CMS_NOT_READABLE, RefusalReason.CMS_SIGNATURE_INVALID);
      }
    }
  }

  @Test
  void refusesWhatIsCutShortOrNoCms() {
    Issued receiver = CA.client("receiver", Keys.P256);
    byte[] cms = with(OTHER).protect(LETTER, receiver.model(), NOW);

    for (int length : new int[] {0, 1, 10, 100, 500, cms.length / 2, cms.length - 1}) {
      assertRefused(receiver, Arrays.copyOf(cms, length), RefusalReason.CMS_NOT_READABLE);
    }
    assertRefused(receiver, LETTER.bytes(), RefusalReason.CMS_NOT_READABLE);
    byte[] deep = new byte[100_000];
    for (int i = 0; i + 1 < deep.length; i += 2) {
      deep[i] = 0x30;
      deep[i + 1] = (byte) 0x80;
    }
    assertRefused(receiver, deep, RefusalReason.CMS_NOT_READABLE);
  }

  @Test
  void refusesAMessageToSomeoneElse() {
    byte[] cms = with(OTHER).protect(LETTER, CA.client("receiver", Keys.P256).model(), NOW);

    assertRefused(CA.client("third", Keys.P256), cms, RefusalReason.CMS_NOT_READABLE);
    assertRefused(CA.client("third", Keys.RSA_3072), cms, RefusalReason.CMS_NOT_READABLE);
  }

  @Test
  void opensWithARetiredKey() {
    Issued retired = CA.client("gateway", Keys.RSA_3072);
    Issued current = CA.client("gateway", Keys.P256);
    byte[] cms = with(OTHER).protect(LETTER, retired.model(), NOW);
    CmsProtection gateway =
        new CmsProtection(
            pair(current), List.of(pair(current), pair(retired)), new PrivateKeyOperations());

    assertThat(gateway.open(cms, NOW).content()).isEqualTo(LETTER);
  }

  @Test
  void refusesASignerWhoseCertificateIsNotValidNow() {
    Issued receiver = CA.client("receiver", Keys.P256);
    byte[] cms = with(OTHER).protect(LETTER, receiver.model(), NOW);
    byte[] expired = with(CA.expired("expired", Keys.P256)).protect(LETTER, receiver.model(), NOW);

    assertRefused(receiver, expired, RefusalReason.CERTIFICATE_EXPIRED);
    assertRefused(receiver, cms, NOW.plus(Duration.ofDays(400)), RefusalReason.CERTIFICATE_EXPIRED);
    assertRefused(
        receiver, cms, NOW.minus(Duration.ofDays(400)), RefusalReason.CERTIFICATE_NOT_YET_VALID);
  }

  @Test
  void refusesASignerWhoseKeyIsNotForSigning() {
    Issued receiver = CA.client("receiver", Keys.P256);
    Issued onlyAgrees = CA.client("agrees", Keys.P256, KeyUsage.keyAgreement);

    assertRefused(
        receiver,
        with(onlyAgrees).protect(LETTER, receiver.model(), NOW),
        RefusalReason.CERTIFICATE_WRONG_USE);
  }

  @Test
  void refusesToEncryptToACertificateThatIsUnusable() {
    assertUnusable(CA.expired("receiver", Keys.P256).model(), "CERTIFICATE_EXPIRED");
    assertUnusable(
        CA.client("r", Keys.P256, NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)))
            .model(),
        "CERTIFICATE_NOT_YET_VALID");
    assertUnusable(
        CA.client("r", Keys.P256, KeyUsage.digitalSignature).model(),
        "CERTIFICATE_KEY_UNSUPPORTED");
    assertUnusable(CA.client("r", Keys.RSA_1024).model(), "CERTIFICATE_KEY_UNSUPPORTED");
  }

  @Test
  void refusesCbcAndWhatIsNotSigned() throws Exception {
    Issued receiver = CA.client("receiver", Keys.RSA_3072);
    CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(
        new JceKeyTransRecipientInfoGenerator(receiver.certificate()));
    byte[] cbc =
        generator
            .generate(
                new CMSProcessableByteArray(LETTER.bytes()),
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())
            .getEncoded();

    assertRefused(receiver, cbc, RefusalReason.CMS_NOT_READABLE);
    assertRefused(
        receiver,
        CmsSamples.encrypted(LETTER.bytes(), receiver),
        RefusalReason.CMS_SIGNATURE_INVALID);
  }

  @Test
  void takesRsaSignaturesOfPartnersButNotSha1() throws Exception {
    Issued receiver = CA.client("receiver", Keys.RSA_3072);
    Issued sender = CA.client("sender", Keys.RSA_3072);

    byte[] good = CmsSamples.encrypted(signed(sender, "SHA256withRSA"), receiver);
    byte[] weak = CmsSamples.encrypted(signed(sender, "SHA1withRSA"), receiver);

    assertThat(with(receiver).open(good, NOW).content()).isEqualTo(LETTER);
    assertRefused(receiver, weak, RefusalReason.CMS_SIGNATURE_INVALID);
  }

  @Test
  void refusesASignatureMadeForOtherContent() throws Exception {
    Issued receiver = CA.client("receiver", Keys.RSA_3072);
    byte[] signed = signed(CA.client("sender", Keys.P256), "SHA256withECDSA");
    String text = new String(signed, StandardCharsets.ISO_8859_1).replaceFirst("Bundle", "Bungle");

    assertRefused(
        receiver,
        CmsSamples.encrypted(text.getBytes(StandardCharsets.ISO_8859_1), receiver),
        RefusalReason.CMS_SIGNATURE_INVALID);
  }

  @Test
  void carriesALargeLetter() {
    Issued receiver = CA.client("receiver", Keys.P256);
    byte[] bytes = new byte[10_000_000];
    Arrays.fill(bytes, (byte) 'x');
    Payload large = new Payload(bytes, MediaType.FHIR_XML);

    byte[] cms = with(OTHER).protect(large, receiver.model(), NOW);

    assertThat(cms.length).isLessThan(10_040_000);
    assertThat(with(receiver).open(cms, NOW).content()).isEqualTo(large);
  }

  /** Signed the way that a partner's library does it, without a MIME header. */
  private static byte[] signed(Issued sender, String algorithm) throws Exception {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    JcaX509CertificateHolder holder = new JcaX509CertificateHolder(sender.certificate());
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(new JcaContentSignerBuilder(algorithm).build(sender.key()), holder));
    generator.addCertificate(holder);
    return generator.generate(new CMSProcessableByteArray(LETTER.bytes()), true).getEncoded();
  }

  private static void assertRefused(Issued receiver, byte[] cms, RefusalReason reason) {
    assertRefused(receiver, cms, NOW, reason);
  }

  private static void assertRefused(Issued receiver, byte[] cms, Instant at, RefusalReason reason) {
    assertThatThrownBy(() -> with(receiver).open(cms, at))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }

  private static void assertUnusable(Certificate certificate, String code) {
    assertThatThrownBy(() -> with(OTHER).protect(LETTER, certificate, NOW))
        .isInstanceOf(CertificateUnusable.class)
        .hasMessage(code);
  }

  private static CmsProtection with(Issued own) {
    return with(own, new PrivateKeyOperations());
  }

  private static CmsProtection with(Issued own, PrivateKeyOperations operations) {
    return new CmsProtection(pair(own), List.of(pair(own)), operations);
  }

  private static KeyAndCertificate pair(Issued issued) {
    return new KeyAndCertificate(issued.key(), issued.certificate());
  }
}
