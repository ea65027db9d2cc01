package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.mail.SmtpAttempt.Envelope;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailDraft;
import dk.attestbro.port.MailPurpose;
import dk.attestbro.port.MailReading;
import dk.attestbro.samples.TestCa;
import dk.attestbro.trust.JudgedServers;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MimeMailWriterTest {
  private static final TestCa CA = new TestCa("Mail CA");
  private static final TestCa.Issued OWN = CA.client("gateway", TestCa.Keys.P256);
  private static final TestCa.Issued RECEIVER = CA.client("receiver", TestCa.Keys.P256);
  private static final Instant NOW = Instant.now();
  private static final byte[] MESSAGE =
      "{\"resourceType\":\"Bundle\",\r\n \"x\":\"æøå\"}\n".getBytes(StandardCharsets.UTF_8);
  private static final MimeMailWriter WRITER = new MimeMailWriter(smime(OWN));
  private static final MimeMailReader READER =
      new MimeMailReader(smime(RECEIVER), MimeLimits.DEFAULT);
  private static final MailDraft DRAFT =
      new MailDraft(
          new MailAddress("attestbro", "gateway.example.dk"),
          "Attestbro, Region Ø",
          new MailAddress("post", "region.dk"),
          Instant.parse("2026-11-22T10:00:00Z"),
          "<b-1.employment-aarhus.letter@gateway.example.dk>",
          Optional.of("<2b3c4d5e-0000-4000-8000-000000000001.case@gateway.example.dk>"),
          "Attestbro: Svar på anmodning om attest [AB:2b3c4d5e-0000-4000-8000-000000000001]",
          true,
          "Fra: Aarhus Kommune, Beskæftigelse\n.\nFrom her\n",
          List.of(
              new MailContents.File("certificate-reply.json", "application/fhir+json", MESSAGE)));

  @Test
  void anEncryptedMailIsReadBackWithItsHeaderUnderTheSignature() {
    MailReading.Read read = read(WRITER.encrypted(DRAFT, RECEIVER.model(), NOW));

    assertThat(read.signature().orElseThrow().coversHeader()).isTrue();
    assertThat(read.signature().orElseThrow().encrypted()).isTrue();
    assertThat(read.head().subject()).isEqualTo(DRAFT.subject());
    assertThat(read.head().messageId()).contains(DRAFT.messageId());
    assertThat(read.head().references()).containsExactly(DRAFT.threads().orElseThrow());
    assertThat(read.head().caseId()).isPresent();
    assertThat(read.head().automation().isAutomatic()).isTrue();
    assertThat(read.purpose())
        .isEqualTo(new MailPurpose.Message(new Payload(MESSAGE, MediaType.FHIR_JSON)));
    assertThat(read.contents().text().replace("\r", "").strip()).isEqualTo(DRAFT.text().strip());
  }

  @Test
  void nothingOfWhatItSaysStandsOutside() {
    String mail =
        new String(WRITER.encrypted(DRAFT, RECEIVER.model(), NOW), StandardCharsets.US_ASCII);
    String header = mail.substring(0, mail.indexOf("\r\n\r\n"));

    assertThat(header)
        .contains(
            "Auto-Submitted: auto-generated",
            "Disposition-Notification-To: attestbro@gateway.example.dk",
            "Subject: Attestbro: Svar =?UTF-8?Q?p=C3=A5?= anmodning om attest",
            "[AB:2b3c4d5e-0000-4000-8000-000000000001]",
            "Date: Sun, 22 Nov 2026 10:00:00 +0000",
            "Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data");
    assertThat(mail).doesNotContain("certificate-reply", "HP-Outer", "Besk");
    assertThat(mail.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(998);
  }

  @Test
  void anOpenMailIsReadBackToo() {
    MailReading.Read read = read(WRITER.open(DRAFT));

    assertThat(read.signature()).isEmpty();
    assertThat(read.purpose())
        .isEqualTo(new MailPurpose.Message(new Payload(MESSAGE, MediaType.FHIR_JSON)));
  }

  @Test
  void aRealMailServerTakesItUnderTlsAndChangesNothing(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      CA.server().keyStore().store(out, "test".toCharArray());
    }
    System.setProperty("greenmail.tls.keystore.file", store.toString());
    System.setProperty("greenmail.tls.keystore.password", "test");
    ServerSetup smtps = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
    smtps.setServerStartupTimeout(60_000);
    GreenMail server = new GreenMail(smtps);
    server.setUser("post@region.dk", "secret");
    server.start();
    try {
      SmtpServer to =
          new SmtpServer(
              "localhost",
              server.getSmtps().getPort(),
              true,
              Optional.of(new MailLogin("post@region.dk", () -> "secret", false)),
              MailTls.trusting(JudgedServers.byPlatform(), List.of(CA.model())));
      byte[] mail = WRITER.encrypted(DRAFT, RECEIVER.model(), NOW);

      assertThat(
              new SmtpAttempt(to, new SmtpTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)))
                  .send(new Envelope(DRAFT.from(), DRAFT.to(), mail, "b-1", false)))
          .isEqualTo(new Delivered(Optional.empty()));
      MimeMessage[] received = server.getReceivedMessages();
      assertThat(received).hasSize(1);
      ByteArrayOutputStream raw = new ByteArrayOutputStream();
      received[0].writeTo(raw);
      // The server ends a mail without its last line end.
      assertThat(raw.toString(StandardCharsets.US_ASCII).strip())
          .endsWith(new String(mail, StandardCharsets.US_ASCII).strip());
    } finally {
      server.stop();
    }
  }

  private static MailReading.Read read(byte[] mail) {
    MailReading reading = READER.read(mail);
    assertThat(reading).isInstanceOf(MailReading.Read.class);
    return (MailReading.Read) reading;
  }

  private static CmsSmime smime(TestCa.Issued key) {
    KeyAndCertificate own = new KeyAndCertificate(key.key(), key.certificate());
    return new CmsSmime(own, List.of(own), new PrivateKeyOperations());
  }
}
