package dk.attestbro.mail;

import static dk.attestbro.mail.Mails.ADDRESS;
import static dk.attestbro.mail.Mails.BUNDLE;
import static dk.attestbro.mail.Mails.GATEWAY;
import static dk.attestbro.mail.Mails.STRANGER;
import static dk.attestbro.mail.Mails.TEXT;
import static dk.attestbro.mail.Mails.WRITER;
import static dk.attestbro.mail.Mails.attachment;
import static dk.attestbro.mail.Mails.bytes;
import static dk.attestbro.mail.Mails.mail;
import static dk.attestbro.mail.Mails.multipart;
import static dk.attestbro.mail.Mails.text;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DeliveryStatus;
import dk.attestbro.port.DeliveryStatus.Action;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailPurpose;
import dk.attestbro.port.MailReader.Policy;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSignature;
import dk.attestbro.port.ReadReceipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** Honest mail, as it comes. */
class MimeMailReaderTest {
  private static final String CASE = "0b6a3c8e-95c5-4c1a-8f52-5a0e64d0a001";
  private static final String MESSAGE =
      multipart("mixed", TEXT, attachment("application/fhir+json", "besked.json", BUNDLE));
  private static final String PDF = attachment("application/pdf", "attest.pdf", "%PDF-1.7 hello");

  @Test
  void aMessageSignedAndEncryptedIsReadWithItsSigner() {
    byte[] protectedBody =
        Mails.smime(WRITER).protect(bytes(MESSAGE), GATEWAY.model(), Instant.now());

    MailReading.Read read = read(mail(protectedBody));

    assertThat(read.purpose())
        .isEqualTo(new MailPurpose.Message(new Payload(bytes(BUNDLE), MediaType.FHIR_JSON)));
    MailSignature signature = read.signature().orElseThrow();
    assertThat(signature.encrypted()).isTrue();
    assertThat(signature.coversHeader()).isFalse();
    assertThat(signature.certificates()).containsExactly(WRITER.model());
    assertThat(signature.signers())
        .singleElement()
        .satisfies(signer -> assertThat(signer.certificate()).isEqualTo(WRITER.model()))
        .satisfies(
            signer ->
                assertThat(signer.addresses())
                    .containsExactly(new MailAddress("attester", "aarhus.example")));
    assertThat(read.contents().text()).isEqualTo("Kære læge");
  }

  @Test
  void aSignatureBesideIsVerifiedOverTheBytesThatCame() {
    byte[] clear = Mails.smime(WRITER).sign(bytes(MESSAGE), Instant.now());

    assertThat(read(mail(clear)).signature()).isPresent();
    assertThat(read(mail(Mails.detached(bytes(TEXT), WRITER))).signature()).isPresent();
  }

  @Test
  void aTransportThatMadeTheLinesShortOfTheirReturnsBreaksNoSignature() {
    String clear = text(Mails.smime(WRITER).sign(bytes(MESSAGE), Instant.now()));
    byte[] shortened =
        text(mail("[AB]", clear.getBytes(StandardCharsets.ISO_8859_1)))
            .replace("\r\n", "\n")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(read(shortened).purpose()).isInstanceOf(MailPurpose.Message.class);
  }

  @Test
  void whatWasSignedEncryptedAndSignedAgainIsReadToItsAuthor() {
    byte[] inner = Mails.opaque(bytes(MESSAGE), WRITER);

    MailReading.Read read = read(mail(Mails.opaque(Mails.encrypted(inner), STRANGER)));

    assertThat(read.signature().orElseThrow().encrypted()).isTrue();
    assertThat(read.signature().orElseThrow().signers())
        .singleElement()
        .satisfies(signer -> assertThat(signer.certificate()).isEqualTo(WRITER.model()));
  }

  @Test
  void aesCbcIsTakenFromWhomItIsTakenFrom() {
    byte[] old =
        mail(
            Mails.encrypted(
                Mails.opaque(bytes(MESSAGE), WRITER), NISTObjectIdentifiers.id_aes256_CBC));

    MailReading reading =
        Mails.READER.read(old, from -> new Policy(from.domain().equals("aarhus.example"), false));

    assertThat(reading).isInstanceOf(MailReading.Read.class);
  }

  @Test
  void aDomainsGatewayMaySignForItsPeopleWhereThatIsAgreed() {
    MailReading reading =
        Mails.READER.read(
            mail(Mails.opaque(bytes(MESSAGE), STRANGER)), from -> new Policy(false, true));

    assertThat(reading).isInstanceOf(MailReading.Read.class);
  }

  @Test
  void theSignedHeaderIsUsedAndMayBeHiddenOutside() {
    String subject = "Attest [AB:" + CASE + "]";
    byte[] whole = Mails.opaque(HostileMails.wrapped(subject, ADDRESS), WRITER);

    MailReading.Read read = read(mail("...", Mails.encrypted(whole)));

    assertThat(read.signature().orElseThrow().coversHeader()).isTrue();
    assertThat(read.head().subject()).isEqualTo(subject);
    assertThat(read.head().caseId()).contains(caseId());
  }

  @Test
  void headerFieldsOfTheSignedPartCountToo() {
    String entity =
        "From: "
            + ADDRESS
            + "\r\nSubject: [AB:"
            + CASE
            + "]\r\nHP-Outer: Subject: =?utf-8?q?Om_en_attest?=\r\n"
            + "Content-Type: text/plain; hp=\"cipher\"\r\n\r\nHej\r\n";
    byte[] hidden = Mails.encrypted(Mails.opaque(bytes(entity), WRITER));

    assertThat(read(mail("Om en attest", hidden)).head().caseId()).contains(caseId());
    assertThat(verdict(mail("Om noget andet", hidden)))
        .contains(RefusalReason.SMIME_HEADER_ALTERED);
  }

  @Test
  void theHeadTellsWhoWhatAndOnWhichCase() {
    MailHead head =
        read(bytes(
                "From: \"Jensen, Ulla (jobcenter@odense.example)\" <Ulla.Jensen@Odense.example>\r\n"
                    + "To: a@gateway.example, B <b@gateway.example>\r\n"
                    + "Delivered-To: c@gateway.example\r\n"
                    + "Subject: =?iso-8859-1?Q?L=C6_125?= [AB:"
                    + CASE
                    + "]\r\n"
                    + "Message-ID: <m1@odense.example>\r\n"
                    + "In-Reply-To: <m0@gateway.example>\r\n"
                    + "References: <a@gateway.example>\r\n"
                    + " <m0@gateway.example>\r\n\r\n"
                    + "Hej"))
            .head();

    assertThat(head.from().orElseThrow().value()).isEqualTo("Ulla.Jensen@odense.example");
    assertThat(head.to()).extracting(MailAddress::local).containsExactly("a", "b");
    assertThat(head.deliveredTo()).extracting(MailAddress::local).containsExactly("c");
    assertThat(head.subject()).startsWith("LÆ 125");
    assertThat(head.caseId()).contains(caseId());
    assertThat(head.messageId()).contains("<m1@odense.example>");
    assertThat(head.inReplyTo()).containsExactly("<m0@gateway.example>");
    assertThat(head.references()).containsExactly("<a@gateway.example>", "<m0@gateway.example>");
    assertThat(head.automation().mayBeAnswered("gateway")).isTrue();
    assertThat(head.toString()).doesNotContain("Ulla", "LÆ");
  }

  @Test
  void machinesListsAndLoopsAreNotAnswered() {
    assertThat(answered("Auto-Submitted: auto-replied (vacation)")).isFalse();
    assertThat(answered("Auto-Submitted: no")).isTrue();
    assertThat(answered("Precedence: bulk")).isFalse();
    assertThat(answered("List-Id: <x.example>")).isFalse();
    assertThat(answered("Return-Path: <>")).isFalse();
    assertThat(answered("X-Loop: gateway")).isFalse();
    assertThat(answered("X-Loop: another")).isTrue();
    assertThat(answered("X-Auto-Response-Suppress: All")).isFalse();
    assertThat(answered("Received: from a by b; now\r\n".repeat(40).strip())).isFalse();
  }

  @Test
  void onlyTheOwnServersOneResultAboutTheFromDomainCounts() {
    assertThat(dmarc("mx.gateway.example; dmarc=pass header.from=aarhus.example")).isTrue();
    assertThat(
            dmarc(
                "mx.gateway.example 1; spf=fail; DMARC = pass (p=none) header.from=AARHUS.example"))
        .isTrue();
    assertThat(dmarc("mx.other.example; dmarc=pass header.from=aarhus.example")).isFalse();
    assertThat(dmarc("mx.gateway.example; dmarc=fail header.from=aarhus.example")).isFalse();
    assertThat(dmarc("mx.gateway.example; dmarc=pass header.from=evil.example")).isFalse();
    assertThat(dmarc("mx.gateway.example; spf=fail reason=\"; dmarc=pass\"")).isFalse();
    assertThat(dmarc("mx.gateway.example; spf=fail (; dmarc=pass)")).isFalse();
    assertThat(dmarc("mx.gateway.example; none")).isFalse();
    assertThat(
            dmarc(
                "mx.gateway.example; dmarc=fail\r\nAuthentication-Results: mx.gateway.example;"
                    + " dmarc=pass"))
        .isFalse();
  }

  @Test
  void onePdfIsAFormAndTwoAreForAPerson() {
    assertThat(purpose("Attest LÆ 285 [AB:" + CASE + "]", multipart("mixed", TEXT, PDF)))
        .isInstanceOfSatisfying(
            MailPurpose.Form.class,
            form -> {
              assertThat(form.caseId()).contains(caseId());
              assertThat(form.form()).contains("LÆ 285");
              assertThat(form.pdf()).isPresent();
              assertThat(form.text()).isEqualTo("Kære læge");
            });
    assertThat(purpose("Attest", multipart("mixed", TEXT, PDF, PDF)))
        .isEqualTo(new MailPurpose.Other());
    assertThat(purpose("LÆ 285 eller LÆ 125", multipart("mixed", TEXT, PDF)))
        .isInstanceOfSatisfying(MailPurpose.Form.class, form -> assertThat(form.form()).isEmpty());
  }

  @Test
  void textIsAFormWhereItNamesItsCase() {
    assertThat(purpose("[AB:" + CASE + "] svar", TEXT)).isInstanceOf(MailPurpose.Form.class);
    assertThat(purpose("Hej", TEXT)).isEqualTo(new MailPurpose.Other());
    assertThat(purpose("[AB:" + CASE + "] [AB:" + UUID.randomUUID() + "]", TEXT))
        .isEqualTo(new MailPurpose.Other());
    assertThat(purpose("[AB:" + CASE + "]", "Auto-Submitted: auto-replied\r\n" + TEXT))
        .isEqualTo(new MailPurpose.AutomaticReply());
  }

  @Test
  void aFileIsAMessageByItsTypeOrItsName() {
    assertThat(
            purpose("x", attachment("application/octet-stream", "C:\\mail\\besked.JSON", BUNDLE)))
        .isInstanceOf(MailPurpose.Message.class);
    assertThat(purpose("x", attachment("application/octet-stream", "besked.xml", "<Bundle/>")))
        .isInstanceOf(MailPurpose.Message.class);
    assertThat(purpose("x", attachment("application/octet-stream", "besked.docx", BUNDLE)))
        .isEqualTo(new MailPurpose.Other());
    assertThat(purpose("x", attachment("application/pdf", "attest.pdf", "MZ no pdf")))
        .isEqualTo(new MailPurpose.Other());
  }

  @Test
  void plainTextIsPreferredAndHtmlIsReduced() {
    String html =
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + "<html><head><title>x</title></head><body><p>K&aelig;re <b>l=C3=A6ge</b></p>"
            + "<script>alert(1)</script><!-- hidden --><p>A &amp; B &#60;C&gt;</p></body></html>";

    assertThat(read(mail(html)).contents().text()).isEqualTo("Kære læge\n\nA & B <C>");
    assertThat(read(mail(multipart("alternative", TEXT, html))).contents().text())
        .isEqualTo("Kære læge");
  }

  @Test
  void aDeliveryNoticeTellsWhatBecameOfWhichMail() {
    String status =
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.aarhus.example\r\n"
            + "Original-Envelope-Id: env-1\r\n\r\nFinal-Recipient: rfc822; psyk@region.example\r\n"
            + "Action: failed\r\nStatus: 5.1.1 (no such user)\r\n"
            + "Diagnostic-Code: smtp; 550 5.1.1\r\n  unknown\r\n";
    String returned =
        "Content-Type: message/rfc822\r\n\r\nFrom: a@gateway.example\r\n"
            + "Message-ID: <sent@gateway.example>\r\n"
            + text(Mails.encrypted(bytes(TEXT)));
    byte[] notice = mail(multipart("report; report-type=delivery-status", TEXT, status, returned));

    assertThat(read(notice).purpose())
        .isEqualTo(
            new MailPurpose.Delivery(
                new DeliveryStatus(
                    Optional.of("env-1"),
                    Optional.of("<sent@gateway.example>"),
                    List.of(
                        new DeliveryStatus.Recipient(
                            Optional.of(new MailAddress("psyk", "region.example")),
                            Action.FAILED,
                            Optional.of("5.1.1"))))));
  }

  @Test
  void aReadReceiptTellsWhatBecameOfWhichMailAndWhetherItIsSigned() {
    String disposition =
        "Content-Type: message/disposition-notification\r\n\r\n"
            + "Final-Recipient: rfc822;psyk@region.example\r\n"
            + "Original-Message-ID: <sent@gateway.example>\r\n"
            + "Disposition: manual-action/MDN-sent-manually; displayed\r\n";
    String receipt = multipart("report; report-type=disposition-notification", TEXT, disposition);

    MailReading.Read read = read(mail(Mails.detached(bytes(receipt), WRITER)));

    assertThat(read.signature()).isPresent();
    assertThat(read.purpose())
        .isEqualTo(
            new MailPurpose.Reading(
                new ReadReceipt(Optional.of("<sent@gateway.example>"), "displayed", false)));
    assertThat(read(mail(receipt)).signature()).isEmpty();
  }

  private static CaseId caseId() {
    return new CaseId(UUID.fromString(CASE));
  }

  private static boolean answered(String field) {
    return read(bytes("From: " + ADDRESS + "\r\n" + field + "\r\n\r\nHej"))
        .head()
        .automation()
        .mayBeAnswered("gateway");
  }

  private static boolean dmarc(String value) {
    return read(bytes("Authentication-Results: " + value + "\r\nFrom: " + ADDRESS + "\r\n\r\nHej"))
        .head()
        .dmarcPass("mx.gateway.example");
  }

  private static MailPurpose purpose(String subject, String entity) {
    return read(mail(subject, bytes(entity))).purpose();
  }

  private static Optional<RefusalReason> verdict(byte[] mail) {
    return Mails.read(mail) instanceof MailReading.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  private static MailReading.Read read(byte[] mail) {
    MailReading reading = Mails.read(mail);
    assertThat(reading).isInstanceOf(MailReading.Read.class);
    return (MailReading.Read) reading;
  }
}
