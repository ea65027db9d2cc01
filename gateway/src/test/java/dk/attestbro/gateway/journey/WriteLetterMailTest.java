package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.mail.MimeLimits;
import dk.attestbro.mail.MimeMailReader;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailPurpose;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.SmimeOpening;
import dk.attestbro.port.SmimeWriting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteLetterMailTest {
  private static final MailAddress GATEWAY = new MailAddress("attestbro", "gateway.example.dk");
  private static final byte[] RENDERING = "%PDF-1.4 reply".getBytes(StandardCharsets.US_ASCII);

  private final TestGateway gateway = new TestGateway();
  private final WriteLetterMail mails =
      new WriteLetterMail(
          new MailSender(GATEWAY, "Attestbro"),
          SampleDirectory::directory,
          gateway.cases,
          Messages.FORMS,
          Messages.READER,
          new LetterPdf(
              gateway.records,
              SampleDirectory::directory,
              Messages.FORMS,
              gateway.openLetter,
              Messages.READER,
              reply -> RENDERING),
          new MimeMailWriter(new Unprotected()));
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);
  private final LetterRef ref = gateway.recorded(request);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aRequestIsToldInDanishWithTheMessageAsItWasReceived() {
    MailReading.Read mail = read(mails.open(delivery(ref, request), TestGateway.NOW));

    assertThat(mail.contents().text())
        .contains(
            "Anmodning om attest fra Odense Kommune, Beskæftigelse.",
            "Sagsnummer: " + messages.caseId(),
            "Attest: PSYK125",
            "Svarfrist: regnes fra modtagelsen",
            "Personnummer: 250947-9989",
            "Kan borgeren deltage i en praktik på få timer om ugen?",
            "Sådan svarer I");
    assertThat(mail.purpose()).isEqualTo(new MailPurpose.Message(request));
  }

  @Test
  void theHeaderNamesTheCaseAndNobody() {
    byte[] mail = mails.open(delivery(ref, request), TestGateway.NOW);
    MailReading.Read read = read(mail);

    assertThat(read.head().subject())
        .isEqualTo("Attestbro: Anmodning om attest [AB:" + messages.caseId() + "]");
    assertThat(read.head().caseId()).contains(messages.caseId());
    assertThat(header(mail))
        .contains(
            "Message-ID: <" + bundle(ref) + ".employment-odense.letter@gateway.example.dk>",
            "References: <" + messages.caseId() + ".case@gateway.example.dk>")
        .doesNotContain("Elmer", "Bruno", "2509479989", "Disposition-Notification-To");
  }

  @Test
  void theNamesOfFilesAreMadeOfTheEventAlone() {
    Payload reply = messages.reply(request, MediaType.FHIR_JSON);
    gateway.deliverAll();
    gateway.post(SampleDirectory.MIDT, reply);

    MailReading.Read mail =
        read(
            mails.open(
                delivery(TestGateway.ref(SampleDirectory.MIDT, reply), reply), TestGateway.NOW));

    assertThat(mail.contents().pdfs())
        .extracting(MailContents.File::name)
        .allMatch(name -> name.startsWith(EventCode.CERTIFICATE_REPLY.code()))
        .isNotEmpty();
    assertThat(mail.contents().text()).contains("Selve svaret står i den vedhæftede PDF.");
  }

  @Test
  void aNoticeHoldsNothingOfTheLetter() {
    byte[] notice = mails.notice(delivery(ref, request), TestGateway.NOW);
    MailReading.Read mail = read(notice);

    assertThat(mail.contents().text())
        .contains("Der venter et brev til jer fra Odense Kommune", "Sagsnummer: ")
        .doesNotContain("Elmer", "250947", "Kan borgeren");
    assertThat(mail.contents().messages()).isEmpty();
    assertThat(header(notice)).contains(".notice@gateway.example.dk>");
  }

  @Test
  void aLetterForMailIsAWholeMailBeforeItGoesToTheQueue() {
    ProtectLetter protect =
        new ProtectLetter(
            new MessageProtection() {
              @Override
              public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
                return new byte[] {1};
              }

              @Override
              public Opened open(byte[] cms, Instant now) {
                throw new IllegalStateException("nothing is opened here");
              }
            },
            Optional.of(mails));

    assertThat(header(protect.protect(delivery(ref, request), TestGateway.NOW)))
        .startsWith("From: Attestbro <attestbro@gateway.example.dk>\r\nTo: post@region.dk\r\n");
  }

  private Delivery delivery(LetterRef letter, Payload message) {
    Letter recorded = gateway.letter(letter);
    Endpoint endpoint =
        EndpointSample.of(Endpoint.Channel.MAIL)
            .byMail("post@region.dk")
            .encryptedTo(TestGateway.SIGNER)
            .endpoint();
    return new Delivery(
        SampleDirectory.with(SampleDirectory.MIDT, endpoint),
        endpoint,
        recorded,
        recorded.bundleId().orElseThrow(),
        message);
  }

  private String bundle(LetterRef letter) {
    return gateway.letter(letter).bundleId().orElseThrow().value();
  }

  private static String header(byte[] mail) {
    String text = new String(mail, StandardCharsets.US_ASCII);
    return text.substring(0, text.indexOf("\r\n\r\n"));
  }

  private static MailReading.Read read(byte[] mail) {
    MailReading reading = new MimeMailReader(new NothingToOpen(), MimeLimits.DEFAULT).read(mail);
    assertThat(reading).isInstanceOf(MailReading.Read.class);
    return (MailReading.Read) reading;
  }

  /** Leaves it as it is. */
  private static final class Unprotected implements SmimeWriting {
    @Override
    public byte[] protect(byte[] entity, Certificate encryptTo, Instant now) {
      return entity;
    }

    @Override
    public byte[] sign(byte[] entity, Instant now) {
      return entity;
    }
  }

  private static final class NothingToOpen implements SmimeOpening {
    @Override
    public Layer open(byte[] cms, boolean cbc) {
      throw new IllegalStateException("nothing here is protected");
    }

    @Override
    public Verified verify(byte[] content, byte[] signature) {
      throw new IllegalStateException("nothing here is signed");
    }
  }
}
