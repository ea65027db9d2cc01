package dk.attestbro.gateway.journey;

import static dk.attestbro.fhir.SampleDirectory.MIDT;
import static dk.attestbro.fhir.SampleDirectory.ODENSE;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.DetachedSignature;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.mail.MessageInMail;
import dk.attestbro.mail.MimeLimits;
import dk.attestbro.mail.MimeMailReader;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartySample;
import dk.attestbro.model.Payload;
import dk.attestbro.model.SignatureTrust;
import dk.attestbro.model.Source;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailReader;
import dk.attestbro.port.NoticeTokens;
import dk.attestbro.port.SenderSignature;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import dk.attestbro.samples.TestCa;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails as they come, read by the real reader, on the journey in memory. */
class TakeMailTest {
  private static final TestCa CA = new TestCa("Mail CA");
  private static final TestCa.Issued OWN = CA.writer("attestbro@gateway.dk", TestCa.Keys.P256);
  private static final TestCa.Issued ODENSE_KEY = CA.writer("post@odense.dk", TestCa.Keys.P256);
  private static final TestCa.Issued MIDT_KEY = CA.writer("svar@midt.dk", TestCa.Keys.P256);
  private static final MailAddress ADDRESS = new MailAddress("attestbro", "gateway.dk");
  private static final String PASSED =
      "Authentication-Results: mx.gateway.dk; dmarc=pass header.from=odense.dk\r\n";
  private static final String MIDT_PASSED =
      "Authentication-Results: mx.gateway.dk; dmarc=pass header.from=midt.dk\r\n";

  private final TestGateway gateway = new TestGateway();
  private static final NoticeTokens TOKENS =
      envelope ->
          Digest.of(envelope.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(48);

  private final List<String> sent = new ArrayList<>();
  private final Deque<DeliveryOutcome> smtp = new ArrayDeque<>();
  private final MailRules rules =
      new MailRules(
          ADDRESS,
          Optional.of("mx.gateway.dk"),
          Set.of("odense.dk", "midt.dk"),
          from -> MailReader.Policy.STRICT);
  private final SortMails desk =
      new SortMails(gateway.records, gateway.memory, gateway.sealing, gateway.raise, gateway.clock);
  private final TakeMail take = take();
  private final Payload request = TestGateway.newCase().request(MediaType.FHIR_JSON);

  @BeforeEach
  void listMailParties() {
    gateway.change(mail(ODENSE, "post@odense.dk", ODENSE_KEY));
    gateway.change(mail(MIDT, "svar@midt.dk", MIDT_KEY));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aSignedMailWithAMessageIsRecordedAndAnsweredWithTheReceipt() throws Exception {
    byte[] mail = signed(ODENSE_KEY, "post@odense.dk", attached(request));

    assertThat(take(mail)).isEqualTo(MailTaken.DONE);

    assertThat(gateway.letter(ref()).status()).isEqualTo(LetterStatus.RECORDED);
    assertThat(sent).singleElement().asString().contains("e30..", "Auto-Submitted:");
    assertThat(sent.get(0)).doesNotContain("2509479989", "Elmer");
    SignatureTrust told = signatureTrust(gateway.letter(ref()).chain()).get(0);
    assertThat(gateway.proofs.find(told.path().get(0)).orElseThrow().der())
        .isEqualTo(ODENSE_KEY.certificate().getEncoded());
    SenderSignature made = gateway.openLetter.signature(ref()).orElseThrow();
    byte[] entity = made.body().orElseThrow();
    assertThat(new DetachedSignature().signers(made.cms(), new ByteArrayInputStream(entity)))
        .containsExactly(ODENSE_KEY.model());
    assertThat(told.signed()).contains(Digest.of(entity));
    assertThat(MessageInMail.digest(entity)).contains(request.sha256());
  }

  @Test
  void theSameMailAgainIsAnsweredAgainAndChangesNothing() {
    byte[] mail = signed(ODENSE_KEY, "post@odense.dk", attached(request));
    take(mail);
    int written = gateway.records.written();

    assertThat(take(mail)).isEqualTo(MailTaken.DONE);

    assertThat(gateway.records.lettersOf(gateway.letter(ref()).caseId().orElseThrow())).hasSize(1);
    assertThat(gateway.records.written() - written).isLessThanOrEqualTo(1);
    assertThat(messageIds()).hasSize(1);
  }

  @Test
  void aMailWhoseAnswerCannotBeSentNowComesAgain() {
    byte[] mail = signed(ODENSE_KEY, "post@odense.dk", attached(request));
    smtp.add(new DeliveryOutcome.TransientFailure("CONNECT_FAILED"));

    assertThat(take(mail)).isEqualTo(MailTaken.LATER);

    assertThat(take(mail)).isEqualTo(MailTaken.DONE);
    assertThat(gateway.letter(ref()).status()).isEqualTo(LetterStatus.RECORDED);
  }

  @Test
  void aListedCertificateProvesNothingFromAnothersAddress() {
    take(signed(MIDT_KEY, "post@odense.dk", attached(request)));

    assertThat(gateway.records.letter(ref())).isEmpty();
    assertThat(reasons()).containsExactly("SMIME_SIGNER_NOT_SENDER");
    assertThat(sent).isEmpty();
  }

  @Test
  void aCertificateWithTheRightAddressProvesNothingUnlessItIsListed() {
    take(
        signed(CA.writer("post@odense.dk", TestCa.Keys.P256), "post@odense.dk", attached(request)));

    assertThat(gateway.records.letter(ref())).isEmpty();
    assertThat(reasons()).containsExactly("MAIL_SENDER_NOT_LISTED");
    assertThat(sent).isEmpty();
  }

  @Test
  void aProvenSenderWritesInNobodyElsesName() {
    byte[] mail = signed(MIDT_KEY, "svar@midt.dk", attached(request));

    assertThat(take(mail)).isEqualTo(MailTaken.NOT_DONE);

    assertThat(gateway.records.letter(ref())).isEmpty();
    assertThat(sent).singleElement().asString().contains("SENDER_NOT_AUTHENTICATED");
  }

  @Test
  void aTunnelMailCountsByTheSitesOwnFindings() {
    take(unsigned(PASSED, "post@odense.dk", "Attest", attached(request)));

    assertThat(gateway.letter(ref()).status()).isEqualTo(LetterStatus.RECORDED);
  }

  @Test
  void aTunnelMailWithoutThemIsKeptAndNobodyIsAnswered() {
    String below = "Authentication-Results: mx.gateway.dk; spf=none\r\n" + PASSED;
    String ofOthers = PASSED.replace("mx.gateway.dk", "mx.elsewhere.dk");
    for (String findings : List.of("", ofOthers, below, PASSED.replace("pass", "fail"))) {
      assertThat(take(unsigned(findings, "post@odense.dk", "Attest", attached(request))))
          .isEqualTo(MailTaken.NOT_DONE);
    }

    assertThat(gateway.records.letter(ref())).isEmpty();
    assertThat(reasons()).hasSize(4).containsOnly("MAIL_SENDER_NOT_PROVEN");
    assertThat(sent).isEmpty();
  }

  @Test
  void aPdfFromTheResponderIsTheReplyOfTheCaseInTheSubject() {
    CertificateCase about = opened();
    byte[] mail =
        unsigned(
            MIDT_PASSED,
            "svar@midt.dk",
            tag(about),
            withPdf("Hermed attesten.\r\nLæge: Lone Lind\r\nAutorisations-ID: 06B4K\r\n"));

    assertThat(take(mail)).isEqualTo(MailTaken.DONE);
    assertThat(take(mail)).isEqualTo(MailTaken.DONE);

    assertThat(gateway.records.certificateCase(about.id()).orElseThrow().state())
        .isEqualTo(CertificateCase.State.REPLIED);
    assertThat(gateway.records.lettersOf(about.id()))
        .filteredOn(letter -> letter.event().equals("certificate-reply"))
        .hasSize(1);
    assertThat(gateway.memory.openCount()).isZero();
  }

  @Test
  void aReplyWithoutItsDoctorIsKeptAndItsSenderToldOnce() {
    CertificateCase about = opened();
    byte[] mail =
        unsigned(MIDT_PASSED, "svar@midt.dk", tag(about), withPdf("> Læge: Lone Lind\r\n"));

    assertThat(take(mail)).isEqualTo(MailTaken.NOT_DONE);
    assertThat(take(mail)).isEqualTo(MailTaken.NOT_DONE);

    assertThat(reasons()).containsExactly("MAIL_AUTHOR_NOT_TOLD");
    assertThat(sent).singleElement().asString().contains("MAIL_AUTHOR_NOT_TOLD");
    assertThat(gateway.memory.open(SortingDesk.OLDEST_FIRST, Optional.empty(), 5).get(0).sender())
        .contains(MIDT.id());
    assertThat(gateway.alarms).contains("MAIL_TO_BE_SORTED MAIL_AUTHOR_NOT_TOLD");
  }

  @Test
  void aMailInOutlooksRichTextIsKeptAndItsSenderToldHowToSendIt() {
    CertificateCase about = opened();
    String packed =
        mixed("Se attesten.\r\n", "application/ms-tnef", "winmail.dat", new byte[] {0x78, 0x3e});

    assertThat(take(unsigned(MIDT_PASSED, "svar@midt.dk", tag(about), packed)))
        .isEqualTo(MailTaken.NOT_DONE);

    assertThat(reasons()).containsExactly("MAIL_RICH_TEXT");
    assertThat(sent).singleElement().asString().contains("MAIL_RICH_TEXT", "winmail.dat");
  }

  @Test
  void aQuestionIsOneBecauseItSaysSoAndAnythingElseIsNotGuessed() {
    CertificateCase about = opened();

    assertThat(take(text(about, "Spørgsmål: Hvilken periode gælder det?")))
        .isEqualTo(MailTaken.DONE);
    assertThat(take(text(about, "Hvilken periode gælder det?"))).isEqualTo(MailTaken.NOT_DONE);

    assertThat(gateway.records.certificateCase(about.id()).orElseThrow().state())
        .isEqualTo(CertificateCase.State.AWAITING_CLARIFICATION);
    assertThat(reasons()).containsExactly("MAIL_MEANING_NOT_TOLD");
  }

  @Test
  void anothersCaseIsNotTold() {
    CertificateCase about = opened();
    gateway.change(mail(Parties.withoutEndpoint(SampleDirectory.SYD), "svar@midt.dk", MIDT_KEY));
    gateway.change(mail(MIDT, "else@midt.dk", MIDT_KEY));

    take(text(about, "Spørgsmål: Hvem?"));

    assertThat(reasons()).containsExactly("MAIL_CASE_NOT_TOLD");
  }

  @Test
  void aMailThatCameBackEndsItsLetterOnce() {
    LetterRef letter = gateway.sent(request);
    byte[] notice = deliveryNotice(letter, "failed", "5.1.1");

    assertThat(take(notice)).isEqualTo(MailTaken.DONE);
    assertThat(take(notice)).isEqualTo(MailTaken.DONE);

    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.timeline(letter))
        .containsOnlyOnce(TimelineCode.DELIVERY_REJECTED, TimelineCode.DEAD);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
    assertThat(sent).isEmpty();
  }

  @Test
  void aNoticeThatKnowsTheMessageIdAloneIsNotedAndTheLetterStaysAsItIs() {
    LetterRef letter = gateway.sent(request);
    String guessed =
        "Original-Envelope-Id: "
            + messageId(letter).replace("<", "AAAAAAAAAAAAAAAA.").replace(">", "")
            + "\r\n";

    take(deliveryNotice("", "", letter, "failed", "5.1.1"));
    take(deliveryNotice("", guessed, letter, "failed", "5.1.2"));
    take(deliveryNotice(PASSED, "", letter, "failed", "5.1.3"));

    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.timeline(letter))
        .contains(TimelineCode.DELIVERY_REPORTED)
        .doesNotContain(TimelineCode.DELIVERY_REJECTED, TimelineCode.DEAD);
    assertThat(gateway.alarms)
        .contains("DELIVERY_REPORTED DSN_5_1_1 unproven", "DELIVERY_REPORTED DSN_5_1_2 unproven");
    assertThat(gateway.acknowledgementsTo(ODENSE)).isEmpty();
  }

  @Test
  void aNoticeThatTheReceiversOwnDomainStandsBehindCounts() {
    gateway.change(mail(SampleDirectory.with(MIDT, mdn()), "svar@midt.dk", MIDT_KEY));
    LetterRef letter = gateway.sent(request);

    take(deliveryNotice(MIDT_PASSED, "", letter, "failed", "5.1.1"));

    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.DEAD);
  }

  @Test
  void aDelayIsNotedAndTheLetterWaitsOn() {
    LetterRef letter = gateway.sent(request);

    take(deliveryNotice(letter, "delayed", "4.4.7"));

    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.timeline(letter)).contains(TimelineCode.DELIVERY_DELAYED);
  }

  @Test
  void aNoticeOnNothingOfOursIsKept() {
    take(deliveryNotice(new LetterRef(ODENSE.id(), ref().id()), "failed", "5.1.1"));

    assertThat(reasons()).containsExactly("MAIL_NOTICE_UNMATCHED");
  }

  @Test
  void aNoticeOnAnAlertIsTakenWithoutAWord() {
    take(deliveryNotice("", "", "<1-2.3.alert@gateway.dk>", "failed", "5.1.1"));

    assertThat(reasons()).isEmpty();
    assertThat(gateway.alarms).isEmpty();
    assertThat(sent).isEmpty();
  }

  @Test
  void aNoticeOnAnEscalationThatCameBackIsKeptForAPerson() {
    take(deliveryNotice("", "", "<1-2.3.escalation@gateway.dk>", "failed", "5.1.1"));

    assertThat(reasons()).containsExactly("MAIL_NOTICE_UNMATCHED");
  }

  @Test
  void aReadReceiptSignedByTheReceiverAcknowledgesWhereThatIsAgreed() {
    gateway.change(mail(SampleDirectory.with(MIDT, mdn()), "svar@midt.dk", MIDT_KEY));
    LetterRef letter = gateway.sent(request);
    String receipt = readReceipt(letter);

    take(unsigned(MIDT_PASSED, "svar@midt.dk", "Læst", receipt));
    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.SENT);
    take(signed(ODENSE_KEY, "post@odense.dk", receipt));
    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.SENT);
    take(signed(MIDT_KEY, "svar@midt.dk", receipt));

    assertThat(gateway.letter(letter).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(sent).isEmpty();
  }

  @Test
  void aMachineIsNeverAnswered() {
    CertificateCase about = opened();
    for (String sign :
        List.of(
            "Auto-Submitted: auto-replied\r\n",
            "Precedence: bulk\r\n",
            "Return-Path: <>\r\n",
            "List-Id: <a.odense.dk>\r\n",
            "X-Loop: attestbro@gateway.dk\r\n")) {
      take(unsigned(sign + PASSED, "post@odense.dk", tag(about), plain("Jeg er på ferie")));
    }

    assertThat(sent).isEmpty();
    assertThat(reasons()).hasSize(5).contains("MAIL_AUTOMATIC_REPLY");
  }

  @Test
  void whatIsKeptIsSealedAndClosedOnceByOperations() {
    take(unsigned(PASSED, "post@odense.dk", "Hej", plain("Bruno Elmer")));
    UnsortedMail kept = gateway.memory.open(SortingDesk.OLDEST_FIRST, Optional.empty(), 5).get(0);

    assertThat(desk.close(kept.id(), "sorted by hand", "operator")).isEmpty();
    assertThat(desk.close(kept.id(), "sorted by hand", "operator")).isPresent();

    assertThat(gateway.memory.openCount()).isZero();
    assertThat(gateway.records.evidence(kept.chain()))
        .extracting(link -> link.entry().code())
        .containsExactly(TimelineCode.MAIL_TO_BE_SORTED, TimelineCode.MAIL_SORTED);
    assertThat(
            gateway.sealing.open(kept.place(), gateway.records.content(kept.place()).orElseThrow()))
        .extracting(Payload::sha256)
        .isEqualTo(kept.sha256());
  }

  @Test
  void whatWasSortedGoesAfterItsTime() {
    take(unsigned(PASSED, "post@odense.dk", "Hej", plain("Bruno Elmer")));
    UnsortedMail kept = gateway.memory.open(SortingDesk.OLDEST_FIRST, Optional.empty(), 5).get(0);
    gateway.deleteContent.due();
    assertThat(gateway.records.content(kept.place())).isPresent();

    gateway.clock.pass(Duration.ofDays(600));
    gateway.deleteContent.due();

    assertThat(gateway.records.content(kept.place())).isEmpty();
  }

  private List<SignatureTrust> signatureTrust(String chain) {
    return gateway.records.evidence(chain).stream()
        .map(EvidenceLink::entry)
        .filter(entry -> entry.code() == TimelineCode.SIGNATURE_TRUSTED)
        .flatMap(entry -> SignatureTrust.parse(entry.detail()).stream())
        .toList();
  }

  private TakeMail take() {
    CmsSmime smime = smime(OWN);
    return new TakeMail(
        new MimeMailReader(smime, MimeLimits.DEFAULT),
        new ProveMailSender(
            gateway.directory(),
            (signer, others, purpose, at) -> new Trusted(List.of(signer), List.of(), false),
            gateway.proofs,
            rules),
        gateway.receive,
        new TakePlainMail(
            gateway.records,
            gateway.cases,
            Messages.FORMS,
            gateway.writeLetter,
            page -> Messages.PDF,
            rules),
        new TakeMailReport(
            gateway.records,
            gateway.directory(),
            gateway.writes,
            gateway.raise,
            rules,
            TOKENS,
            gateway.clock),
        desk,
        new AnswerMail(
            gateway.directory(),
            gateway.records,
            new MimeMailWriter(smime),
            (to, mail) -> {
              sent.add(new String(mail, StandardCharsets.UTF_8));
              DeliveryOutcome next = smtp.poll();
              return next == null ? new DeliveryOutcome.Delivered(Optional.empty()) : next;
            },
            rules,
            gateway.clock),
        rules);
  }

  private MailTaken take(byte[] mail) {
    return take.mail(new FetchedMail("main", mail, true, mail.length, gateway.clock.instant()));
  }

  private LetterRef ref() {
    return TestGateway.ref(ODENSE, request);
  }

  private CertificateCase opened() {
    LetterRef letter = gateway.recorded(request);
    return gateway
        .records
        .certificateCase(gateway.letter(letter).caseId().orElseThrow())
        .orElseThrow();
  }

  private List<String> reasons() {
    return gateway.memory.open(SortingDesk.OLDEST_FIRST, Optional.empty(), 100).stream()
        .map(UnsortedMail::reason)
        .toList();
  }

  private List<String> messageIds() {
    return sent.stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Message-ID:"))
        .distinct()
        .toList();
  }

  private static Party mail(Party party, String address, TestCa.Issued signer) {
    return PartySample.like(party)
        .signing(Certificate.of(signer.model().der()))
        .sendingThrough(List.of(new Source(Endpoint.Channel.MAIL, URI.create("mailto:" + address))))
        .party();
  }

  private static Endpoint mdn() {
    return EndpointSample.like(MIDT.endpoint().orElseThrow())
        .byMail("svar@midt.dk")
        .acknowledging(Endpoint.Acknowledges.MDN)
        .endpoint();
  }

  private static CmsSmime smime(TestCa.Issued key) {
    KeyAndCertificate own = new KeyAndCertificate(key.key(), key.certificate());
    return new CmsSmime(own, List.of(own), new PrivateKeyOperations());
  }

  private static byte[] signed(TestCa.Issued key, String from, String entity) {
    byte[] inside = smime(key).sign(entity.getBytes(StandardCharsets.UTF_8), Instant.now());
    byte[] head =
        ("From: "
                + from
                + "\r\nTo: attestbro@gateway.dk\r\nMessage-ID: <1@x.dk>\r\n"
                + "Subject: Attest\r\nMIME-Version: 1.0\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] mail = new byte[head.length + inside.length];
    System.arraycopy(head, 0, mail, 0, head.length);
    System.arraycopy(inside, 0, mail, head.length, inside.length);
    return mail;
  }

  private static byte[] unsigned(String fields, String from, String subject, String entity) {
    return (fields
            + "From: "
            + from
            + "\r\nTo: attestbro@gateway.dk\r\nMessage-ID: <2@x.dk>\r\nSubject: "
            + subject
            + "\r\nMIME-Version: 1.0\r\n"
            + entity)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(CertificateCase about, String text) {
    return unsigned(MIDT_PASSED, "svar@midt.dk", tag(about), plain(text));
  }

  private static String tag(CertificateCase about) {
    return "[AB:" + about.id() + "]";
  }

  private static String plain(String text) {
    return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + text
        + "\r\n";
  }

  private static String attached(Payload payload) {
    return mixed("Se vedhæftede.\r\n", payload.mediaType().value(), "m.json", payload.bytes());
  }

  private static String withPdf(String text) {
    return mixed(text, "application/pdf", "attest.pdf", Messages.PDF);
  }

  private static String mixed(String text, String type, String name, byte[] bytes) {
    return "Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n"
        + plain(text)
        + "--bb\r\nContent-Type: "
        + type
        + "; name="
        + name
        + "\r\nContent-Disposition: attachment; filename="
        + name
        + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\r\n--bb--\r\n";
  }

  private String messageId(LetterRef letter) {
    BundleId bundle =
        gateway.records.letter(letter).flatMap(l -> l.bundleId()).orElse(BundleId.random());
    return MailIds.messageId(letter.sender(), bundle, "gateway.dk");
  }

  /** As a mail server gives it that was told the envelope's id. */
  private byte[] deliveryNotice(LetterRef letter, String action, String status) {
    BundleId bundle =
        gateway.records.letter(letter).flatMap(l -> l.bundleId()).orElse(BundleId.random());
    MailIds.Envelope envelope = new MailIds.Envelope(letter.sender(), bundle);
    String id = MailIds.envelopeId(envelope, TOKENS.of(envelope), "gateway.dk");
    return deliveryNotice("", "Original-Envelope-Id: " + id + "\r\n", letter, action, status);
  }

  private byte[] deliveryNotice(
      String head, String about, LetterRef letter, String action, String status) {
    return deliveryNotice(head, about, messageId(letter), action, status);
  }

  private static byte[] deliveryNotice(
      String head, String about, String messageId, String action, String status) {
    return (head
            + "Return-Path: <>\r\nFrom: MAILER-DAEMON@midt.dk\r\nTo: attestbro@gateway.dk\r\n"
            + "Auto-Submitted: auto-replied\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/report; report-type=delivery-status; boundary=rr\r\n\r\n"
            + "--rr\r\n"
            + plain("It came back.")
            + "--rr\r\nContent-Type: message/delivery-status\r\n\r\n"
            + "Reporting-MTA: dns; mx.gateway.dk\r\n"
            + about
            + "\r\nFinal-Recipient: rfc822; svar@midt.dk\r\n"
            + "Action: "
            + action
            + "\r\nStatus: "
            + status
            + "\r\n\r\n--rr\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
            + messageId
            + "\r\n\r\n--rr--\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private String readReceipt(LetterRef letter) {
    return "Content-Type: multipart/report; report-type=disposition-notification; boundary=dd\r\n"
        + "\r\n--dd\r\n"
        + plain("It was read.")
        + "--dd\r\nContent-Type: message/disposition-notification\r\n\r\n"
        + "Final-Recipient: rfc822; svar@midt.dk\r\nOriginal-Message-ID: "
        + messageId(letter)
        + "\r\nDisposition: automatic-action/MDN-sent-automatically; processed\r\n\r\n--dd--\r\n";
  }
}
