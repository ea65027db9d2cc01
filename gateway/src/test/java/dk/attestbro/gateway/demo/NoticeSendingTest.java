package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.HmacWebhooks;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.journey.MailNotices;
import dk.attestbro.gateway.journey.MailSender;
import dk.attestbro.gateway.journey.NoticeLog;
import dk.attestbro.gateway.journey.NoticesByRecipient;
import dk.attestbro.gateway.journey.SendNotices;
import dk.attestbro.http.HttpsSettings;
import dk.attestbro.http.WebhookNotices;
import dk.attestbro.mail.MailDelivery;
import dk.attestbro.mail.MailLogin;
import dk.attestbro.mail.MailRoutes;
import dk.attestbro.mail.MailTls;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.mail.SmtpServer;
import dk.attestbro.mail.SmtpTimeouts;
import dk.attestbro.mail.TunnelDomains;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Notice;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.NoticeSending;
import dk.attestbro.trust.JudgedServers;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices over a real mail server under TLS, and to a real HTTP server. */
final class NoticeSendingTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final MailAddress FROM = new MailAddress("attestbro", "gateway.example.dk");
  private static final String CONTACT = "attest@example.dk";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path folder;
  private final MemoryRecords records = new MemoryRecords();
  private final List<Map<String, String>> posted = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();

  @Test
  void anEscalationAndAnAlertArriveByMailAndNewsAtTheWebhook() throws Exception {
    ThrowawayAuthority authority = MailAuthority.ONE;
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    HttpServer webhook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/", this::take);
    webhook.start();
    try (MailServer mail = MailServer.start(folder, authority)) {
      mail.open(FROM.value());
      mail.open(CONTACT);
      URI address = URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/news");
      add(escalation(), alert(), news(new Recipient.Webhook(address, secret.toString())));

      int tried = new SendNotices(records.notices(), sending(mail, authority), LOG, CLOCK).due();

      assertThat(tried).isEqualTo(3);
      List<MimeMessage> mails = new ArrayList<>();
      for (byte[] bytes : mail.box(CONTACT)) {
        mails.add(
            new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)));
      }
      assertThat(mails).hasSize(2);
      for (MimeMessage arrived : mails) {
        assertThat(arrived.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(arrived.getMessageID())
            .matches("<[0-9a-f-]{36}\\.\\d+\\.(escalation|alert)@gateway\\.example\\.dk>");
      }
      assertThat(text(mails, "forsinket"))
          .contains("Sag / case: 11111111-2222-3333-4444-555555555555")
          .contains("Sidste dag / last day: 2026-11-09")
          .contains("meget forsinket")
          .contains("long overdue");
      assertThat(text(mails, "alarm DEAD"))
          .contains("Antal siden sidste mail: 1.")
          .contains("Number since the last mail: 1.");
      assertThat(posted).hasSize(1);
      assertThat(posted.get(0).get("webhook-signature"))
          .isEqualTo(
              new HmacWebhooks()
                  .sign(secret.toString(), posted.get(0).get("webhook-id"), NOW, bodies.get(0)));
    } finally {
      webhook.stop(0);
    }
  }

  private static NoticeSending sending(MailServer mail, ThrowawayAuthority authority)
      throws Exception {
    ThrowawayKey key = authority.issueForMail("gateway", FROM.value());
    KeyAndCertificate own = new KeyAndCertificate(key.key(), key.certificate());
    SmtpServer smarthost =
        new SmtpServer(
            "localhost",
            mail.smtpPort(),
            true,
            Optional.of(new MailLogin(FROM.value(), () -> MailServer.PASSWORD, false)),
            MailTls.trusting(
                JudgedServers.byPlatform(),
                List.of(Certificate.of(authority.certificate().getEncoded()))));
    MailDelivery delivery =
        new MailDelivery(
            NO_LETTERS,
            FROM,
            envelope -> "0123456789abcdef",
            new TunnelDomains(Set.of(), Map.of()),
            new MailRoutes(Optional.of(smarthost), false, domain -> List.of(), smarthost.tls(), 25),
            new SmtpTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)),
            CLOCK);
    return new NoticesByRecipient(
        new MailNotices(
            new MailSender(FROM, "Attestbro"),
            new MimeMailWriter(new CmsSmime(own, List.of(own), new PrivateKeyOperations())),
            delivery,
            Optional.of("https://attestbro.example.dk"),
            CLOCK),
        new WebhookNotices(
            HttpsSettings.defaults(),
            List.of(),
            JudgedServers.byPlatform(),
            new HmacWebhooks(),
            CLOCK));
  }

  private static String text(List<MimeMessage> mails, String subject) throws Exception {
    for (MimeMessage mail : mails) {
      if (mail.getSubject().contains(subject)) {
        return String.valueOf(((Multipart) mail.getContent()).getBodyPart(0).getContent());
      }
    }
    throw new AssertionError("no mail with the subject " + subject);
  }

  private void add(Notice... notices) {
    Change.Builder change = new Change.Builder();
    for (Notice notice : notices) {
      change.add(new Change.AddNotice(notice));
    }
    records.commit(change.build());
  }

  private static Notice escalation() {
    return new Notice(
        Notice.Kind.ESCALATION,
        "11111111-2222-3333-4444-555555555555 2026-11-09",
        new Recipient.Mail(CONTACT),
        TimelineCode.ESCALATED.name(),
        Map.of("case", "11111111-2222-3333-4444-555555555555", "due", "2026-11-09"),
        NOW,
        Optional.empty());
  }

  private static Notice alert() {
    return new Notice(
        Notice.Kind.ALERT,
        TimelineCode.DEAD.name(),
        new Recipient.Mail(CONTACT),
        TimelineCode.DEAD.name(),
        Map.of("subject", "employment-aarhus/1", "detail", "NEVER_DELIVERED"),
        NOW,
        Optional.of(Duration.ofHours(4)));
  }

  private static Notice news(Recipient to) {
    return new Notice(
        Notice.Kind.INBOX_NEWS,
        "psychiatry-midt",
        to,
        TimelineCode.PUT_IN_INBOX.name(),
        Map.of("party", "psychiatry-midt"),
        NOW,
        Optional.of(Duration.ofMinutes(15)));
  }

  private void take(HttpExchange exchange) throws IOException {
    posted.add(
        Map.of(
            "webhook-id", exchange.getRequestHeaders().getFirst("webhook-id"),
            "webhook-signature", exchange.getRequestHeaders().getFirst("webhook-signature")));
    bodies.add(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static final NoticeLog LOG =
      new NoticeLog() {
        @Override
        public void told(Notice notice) {
          // What arrived is looked at in the box.
        }

        @Override
        public void givenUp(Notice notice, String reason) {
          throw new AssertionError(reason);
        }
      };

  private static final LetterMail NO_LETTERS =
      new LetterMail() {
        @Override
        public byte[] encrypted(Delivery delivery, Instant now) {
          throw new IllegalStateException("no letters here");
        }

        @Override
        public byte[] open(Delivery delivery, Instant now) {
          throw new IllegalStateException("no letters here");
        }

        @Override
        public byte[] notice(Delivery delivery, Instant now) {
          throw new IllegalStateException("no letters here");
        }
      };
}
