package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.RecordSamples;
import dk.attestbro.samples.TestCa;
import dk.attestbro.trust.JudgedServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mail server says, and what comes of it. */
class MailDeliveryTest {
  private static final TestCa CA = new TestCa("Mail CA");
  private static final TestCa.Issued SERVER = CA.server();
  private static final String TOKEN = "0123456789_abc-e";
  private static final MailAddress FROM = new MailAddress("attestbro", "gateway.example.dk");
  private static final SmtpTimeouts TIMEOUTS =
      new SmtpTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static final Payload ENCRYPTED = payload("Subject: a\r\n\r\n.sealed\r\n", MediaType.CMS);
  private static final Payload READABLE = payload("{}", MediaType.FHIR_JSON);
  private static final TunnelDomains NO_TUNNEL = new TunnelDomains(Set.of(), Map.of());
  private static final TunnelDomains TUNNEL = new TunnelDomains(Set.of("region.dk"), Map.of());

  private FakeSmtp smtp;

  @BeforeEach
  void start() throws IOException {
    smtp = new FakeSmtp(CA, SERVER);
  }

  @AfterEach
  void stop() throws IOException {
    smtp.close();
  }

  @Test
  void sendsExactlyTheBytesUnderTls() {
    Delivery delivery = delivery(ENCRYPTED);

    assertThat(deliver(delivery)).isEqualTo(new Delivered(Optional.empty()));
    assertThat(smtp.commands().subList(0, 3))
        .containsExactly("EHLO gateway.example.dk", "STARTTLS", "EHLO gateway.example.dk");
    assertThat(smtp.mails()).containsExactly("Subject: a\r\n\r\n..sealed\r\n");
  }

  @Test
  void asksForANoticeThatNamesTheEnvelopeAndHoldsNoContent() {
    Delivery delivery = delivery(ENCRYPTED);
    deliver(delivery);

    String from = command("MAIL");
    assertThat(from).startsWith("MAIL FROM:<attestbro@gateway.example.dk>").contains(" RET=HDRS");
    String envelopeId = from.replaceFirst(".* ENVID=(\\S+).*", "$1");
    assertThat(MailIds.envelopeOf(envelopeId, FROM.domain()))
        .contains(new MailIds.Envelope(delivery.letter().ref().sender(), delivery.bundleId()));
    assertThat(MailIds.tokenOf(envelopeId)).contains(TOKEN);
    assertThat(command("RCPT")).isEqualTo("RCPT TO:<post@region.dk> NOTIFY=FAILURE,DELAY");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 451 4.3.2 busy, SMTP_451_4_3_2, false",
    "MAIL, 550 5.7.1 not you, SMTP_550_5_7_1, true",
    "MAIL, 530 5.7.0 log in first, SMTP_530_5_7_0, false",
    "RCPT, 450 4.2.1 greylisted, SMTP_450_4_2_1, false",
    "RCPT, 452 full, SMTP_452, false",
    "RCPT, 550 5.1.1 <post@region.dk> unknown, SMTP_550_5_1_1, true",
    "RCPT, 553 no, SMTP_553, true",
    "DATA, 421 4.3.0 closing, SMTP_421_4_3_0, false",
    "DATA, 554 5.5.1 no, SMTP_554_5_5_1, true",
    "., 452 4.3.1 no room, SMTP_452_4_3_1, false",
    "., 552 5.3.4 too large, SMTP_552_5_3_4, true",
    "., 554 5.7.1 not wanted, SMTP_554_5_7_1, true",
  })
  void whatItSaysAboutTheMailDecides(String to, String answer, String reason, boolean fatal) {
    smtp.answers(to, answer);

    DeliveryOutcome outcome = deliver(delivery(ENCRYPTED));

    assertThat(outcome).isInstanceOf(fatal ? FatalFailure.class : TransientFailure.class);
    assertThat(outcome.reason()).isEqualTo(reason);
    assertThat(outcome)
        .satisfiesAnyOf(
            o -> assertThat(o).isInstanceOf(FatalFailure.class),
            o -> assertThat(((TransientFailure) o).perhapsDelivered()).isFalse());
  }

  @Test
  void aConnectionThatEndsAfterTheFinalDotHasPerhapsDelivered() {
    smtp.answers(FakeSmtp.DOT, FakeSmtp.BREAK);

    assertThat(deliver(delivery(ENCRYPTED)))
        .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), true, false));
  }

  @ParameterizedTest
  @CsvSource({"MAIL", "RCPT", "DATA"})
  void aConnectionThatEndsBeforeHasNot(String command) {
    smtp.answers(command, FakeSmtp.BREAK);

    assertThat(deliver(delivery(ENCRYPTED)))
        .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), false, false));
  }

  @Test
  void aServerWithoutTlsGetsNothing() {
    smtp.answers("EHLO", "250-localhost\r\n250 AUTH PLAIN");

    assertThat(deliver(delivery(ENCRYPTED)))
        .isEqualTo(new TransientFailure("TLS_REQUIRED", Optional.empty(), false, true));
    assertThat(smtp.commands()).noneMatch(c -> c.startsWith("MAIL") || c.startsWith("AUTH"));
  }

  @Test
  void aServerThatTakesItsOfferOfTlsBackGetsNothing() {
    smtp.answers("STARTTLS", "454 4.7.0 not now");

    assertThat(deliver(delivery(ENCRYPTED))).isInstanceOf(TransientFailure.class);
    assertThat(smtp.commands()).noneMatch(c -> c.startsWith("MAIL") || c.startsWith("AUTH"));
  }

  @Test
  void aServerOfAnotherNameGetsNothing() throws IOException {
    try (FakeSmtp other = new FakeSmtp(CA, CA.serverOfAnotherName())) {
      assertThat(
              delivery(server(other.port(), Optional.empty()), NO_TUNNEL)
                  .deliver(delivery(ENCRYPTED)))
          .isEqualTo(new TransientFailure("TLS_FAILED", Optional.empty(), false, true));
      assertThat(other.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }
  }

  @Test
  void aServerThatSomeoneElseVouchesForGetsNothing() {
    SmtpServer server =
        new SmtpServer(
            "localhost",
            smtp.port(),
            false,
            Optional.empty(),
            MailTls.trusting(
                JudgedServers.byPlatform(), List.of(new TestCa("Another CA").model())));

    assertThat(delivery(server, NO_TUNNEL).deliver(delivery(ENCRYPTED)).reason())
        .isEqualTo("TLS_FAILED");
  }

  @Test
  void aServerWhoseCertificateWasRevokedGetsNothing() {
    CertificateTrust revoked =
        (server, others, purpose, at) ->
            new CertificateTrust.Refused(RefusalReason.CERTIFICATE_REVOKED, "");
    SmtpServer server =
        new SmtpServer(
            "localhost",
            smtp.port(),
            false,
            Optional.empty(),
            MailTls.trusting(new JudgedServers(revoked, Clock.systemUTC()), List.of(CA.model())));

    assertThat(delivery(server, NO_TUNNEL).deliver(delivery(ENCRYPTED)))
        .isEqualTo(new TransientFailure("TLS_FAILED", Optional.empty(), false, true));
    assertThat(smtp.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void nobodyAtThePortIsAskedAgainLater() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }

    assertThat(delivery(server(port, Optional.empty()), NO_TUNNEL).deliver(delivery(ENCRYPTED)))
        .isEqualTo(new TransientFailure("CONNECT_FAILED"));
  }

  @Test
  void aLoginThatIsRefusedSaysNothingOfTheMail() {
    smtp.answers("AUTH", "535 5.7.8 no");

    assertThat(deliver(new MailLogin("attestbro", () -> "secret", false)))
        .isEqualTo(new TransientFailure("SMTP_LOGIN_FAILED", Optional.empty(), false, true));
  }

  @Test
  void aSecretThatCannotBeReadSaysNothingOfTheMail() {
    MailLogin login =
        new MailLogin(
            "attestbro",
            () -> {
              throw new IllegalStateException("no such file");
            },
            false);

    assertThat(deliver(login).reason()).isEqualTo("SMTP_SECRET_UNREADABLE");
  }

  @Test
  void anAccessTokenIsShownAsXoauth2() {
    assertThat(deliver(new MailLogin("attestbro", () -> "token-1", true)))
        .isInstanceOf(Delivered.class);

    String shown = command("AUTH").substring("AUTH XOAUTH2 ".length());
    assertThat(new String(java.util.Base64.getDecoder().decode(shown), StandardCharsets.US_ASCII))
        .contains("user=attestbro", "Bearer token-1");
  }

  @Test
  void aDomainThatIsNotListedGetsANoticeAndNeverTheLetter() {
    assertThat(deliver(delivery(READABLE))).isEqualTo(new FatalFailure("MAIL_NOT_SECURE"));
    assertThat(smtp.mails()).containsExactly("notice\r\n");
  }

  @Test
  void aNoticeThatDidNotGoOutIsTriedAgain() {
    smtp.answers("RCPT", "451 4.3.0 later");

    assertThat(deliver(delivery(READABLE))).isEqualTo(new TransientFailure("SMTP_451_4_3_0"));
  }

  @Test
  void aListedDomainGetsTheLetterAndNoServerOnTheWayMayDropTls() {
    smtp.answers("EHLO", "250-localhost\r\n250-DSN\r\n250-REQUIRETLS\r\n250 STARTTLS");

    assertThat(delivery(server(), TUNNEL).deliver(delivery(READABLE)))
        .isInstanceOf(Delivered.class);
    assertThat(smtp.mails()).containsExactly("open\r\n");
    assertThat(command("MAIL")).contains(" REQUIRETLS");
  }

  @Test
  void directMailGoesToTheServersThatThePolicyNames() {
    String policy = "version: STSv1\nmode: enforce\nmx: localhost\nmax_age: 86400\n";
    TunnelDomains listed = new TunnelDomains(Set.of("region.dk"), Map.of("region.dk", policy));

    assertThat(direct(listed, List.of("forged.example", "localhost")))
        .isInstanceOf(Delivered.class);
    assertThat(smtp.mails()).containsExactly("open\r\n");
  }

  @Test
  void withoutAPolicyAServerOfAnotherDomainIsNotTrusted() {
    assertThat(direct(TUNNEL, List.of("localhost")))
        .isEqualTo(new TransientFailure("MX_NOT_TRUSTED", Optional.empty(), false, true));
    assertThat(smtp.commands()).isEmpty();
  }

  @Test
  void whatIsEncryptedMayGoByAServerOfAnotherDomain() {
    MailRoutes routes =
        new MailRoutes(
            Optional.empty(),
            false,
            domain -> List.of("localhost"),
            MailTls.trusting(JudgedServers.byPlatform(), List.of(CA.model())),
            smtp.port());

    assertThat(delivery(routes, NO_TUNNEL).deliver(delivery(ENCRYPTED)))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void aDomainThatTakesNoMailIsToldAtOnce() {
    assertThat(direct(TUNNEL, List.of())).isEqualTo(new FatalFailure("MX_NONE"));
  }

  private DeliveryOutcome direct(TunnelDomains domains, List<String> hosts) {
    MailRoutes routes =
        new MailRoutes(
            Optional.empty(),
            true,
            domain -> hosts,
            MailTls.trusting(JudgedServers.byPlatform(), List.of(CA.model())),
            smtp.port());
    return delivery(routes, domains).deliver(delivery(READABLE));
  }

  private DeliveryOutcome deliver(Delivery delivery) {
    return delivery(server(), NO_TUNNEL).deliver(delivery);
  }

  private DeliveryOutcome deliver(MailLogin login) {
    return delivery(server(smtp.port(), Optional.of(login)), NO_TUNNEL)
        .deliver(delivery(ENCRYPTED));
  }

  private static MailDelivery delivery(SmtpServer smarthost, TunnelDomains tunnel) {
    return delivery(
        new MailRoutes(Optional.of(smarthost), false, domain -> List.of(), smarthost.tls(), 25),
        tunnel);
  }

  private static MailDelivery delivery(MailRoutes routes, TunnelDomains tunnel) {
    return new MailDelivery(
        new Mails(),
        FROM,
        envelope -> TOKEN,
        tunnel,
        routes,
        TIMEOUTS,
        Clock.fixed(RecordSamples.NOW, ZoneOffset.UTC));
  }

  private SmtpServer server() {
    return server(smtp.port(), Optional.empty());
  }

  private static SmtpServer server(int port, Optional<MailLogin> login) {
    return new SmtpServer(
        "localhost",
        port,
        false,
        login,
        MailTls.trusting(JudgedServers.byPlatform(), List.of(CA.model())));
  }

  private String command(String verb) {
    AtomicReference<String> found = new AtomicReference<>("");
    smtp.commands().stream().filter(c -> c.startsWith(verb)).findFirst().ifPresent(found::set);
    return found.get();
  }

  private static Payload payload(String text, MediaType type) {
    return new Payload(text.getBytes(StandardCharsets.US_ASCII), type);
  }

  static Delivery delivery(Payload body) {
    LetterRef ref = RecordSamples.ref();
    var letter = RecordSamples.letter(ref);
    Endpoint endpoint =
        EndpointSample.of(Endpoint.Channel.MAIL).byMail("post@region.dk").endpoint();
    Party receiver = SampleDirectory.with(SampleDirectory.MIDT, endpoint);
    return new Delivery(receiver, endpoint, letter, letter.bundleId().orElseThrow(), body);
  }

  /** Mails that tell which of them they are. */
  private static final class Mails implements LetterMail {
    @Override
    public byte[] encrypted(Delivery delivery, Instant now) {
      return bytes("encrypted\r\n");
    }

    @Override
    public byte[] open(Delivery delivery, Instant now) {
      return bytes("open\r\n");
    }

    @Override
    public byte[] notice(Delivery delivery, Instant now) {
      return bytes("notice\r\n");
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
