package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.HmacWebhooks;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.Alerts;
import dk.attestbro.gateway.journey.MailNotices;
import dk.attestbro.gateway.journey.MailSender;
import dk.attestbro.gateway.journey.NoticeLog;
import dk.attestbro.gateway.journey.NoticesByRecipient;
import dk.attestbro.gateway.journey.SendNotices;
import dk.attestbro.gateway.journey.WatchCertificates;
import dk.attestbro.gateway.journey.WatchConditions;
import dk.attestbro.gateway.journey.WatchDisk;
import dk.attestbro.gateway.journey.WatchOverdue;
import dk.attestbro.gateway.journey.WatchReach;
import dk.attestbro.gateway.routes.NoticeRouteBuilder;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.http.HttpsSettings;
import dk.attestbro.http.WebhookNotices;
import dk.attestbro.jdbc.JdbcNotices;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.model.Notice;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.WebAddress;
import dk.attestbro.model.WebhookSecret;
import dk.attestbro.port.MailSubmission;
import dk.attestbro.port.NoticeSending;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsUnavailable;
import dk.attestbro.port.ServerTrust;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.RoutesBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Notices to people and systems beside the letters, and whom alarms are told to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
class NoticesConfiguration {
  private static final Logger ALARM = LoggerFactory.getLogger("dk.attestbro.alarm");
  private static final String TOLD = "told";
  private static final String GIVEN_UP = "given-up";
  private static final int ANSWERS_WITHIN_SECONDS = 5;

  /** What a webhook answers is not read. */
  private static final int NO_RESPONSE = 0;

  @Bean
  JdbcNotices notices(DataSource dataSource) {
    return new JdbcNotices(dataSource);
  }

  @Bean
  NoticeSending noticeSending(
      GatewaySettings settings,
      MailOutSettings mail,
      MailOut out,
      GatewayKeys keys,
      PrivateKeyOperations operations,
      ServerTrust servers,
      Environment environment,
      Clock clock) {
    NoticeSending webhooks =
        new WebhookNotices(
            new HttpsSettings(
                settings.http().connectTimeout(), settings.http().responseTimeout(), NO_RESPONSE),
            MailOutConfiguration.roots("attestbro.http.roots", settings.http().roots()),
            servers,
            new HmacWebhooks(),
            clock);
    return new NoticesByRecipient(
        out.submission()
            .map(submission -> mails(submission, mail, keys, operations, environment, clock))
            .orElse(due -> MailOut.NOT_CONFIGURED),
        webhooks);
  }

  private static NoticeSending mails(
      MailSubmission submission,
      MailOutSettings mail,
      GatewayKeys keys,
      PrivateKeyOperations operations,
      Environment environment,
      Clock clock) {
    return new MailNotices(
        new MailSender(MailOutConfiguration.address(mail.from()), mail.fromName()),
        new MimeMailWriter(new CmsSmime(keys, operations)),
        submission,
        Optional.of(environment.getProperty("attestbro.public-url", ""))
            .filter(url -> !url.isBlank())
            .map(url -> url.replaceFirst("/+$", "")),
        clock);
  }

  @Bean
  NoticeLog noticeLog(MeterRegistry meters) {
    for (Notice.Kind kind : Notice.Kind.values()) {
      // Counted from 0, so that the first one shows as an increase.
      count(kind, TOLD, meters);
      count(kind, GIVEN_UP, meters);
    }
    return new NoticeLog() {
      @Override
      public void told(Notice notice) {
        count(notice.kind(), TOLD, meters).increment();
      }

      @Override
      public void givenUp(Notice notice, String reason) {
        count(notice.kind(), GIVEN_UP, meters).increment();
        ALARM.warn("NOTICE_NOT_TOLD {} {} {}", notice.kind(), notice.topic(), reason);
      }
    };
  }

  private static Counter count(Notice.Kind kind, String outcome, MeterRegistry meters) {
    return meters.counter("attestbro.notices", "kind", kind.shown(), "outcome", outcome);
  }

  @Bean
  SendNotices sendNotices(JdbcNotices notices, NoticeSending sending, NoticeLog log, Clock clock) {
    return new SendNotices(notices, sending, log, clock);
  }

  @Bean
  Alerts alerts(
      AlertSettings settings,
      MailOutSettings mail,
      Records records,
      NoticeSending sending,
      Clock clock) {
    return new Alerts(recipients(settings, mail), settings.repeatAfter(), records, sending, clock);
  }

  private static List<Recipient> recipients(AlertSettings settings, MailOutSettings mail) {
    if (!settings.mail().isEmpty() && mail.from().isBlank()) {
      throw new StartRefused("attestbro.mail.from: must be set where attestbro.alerts.mail is");
    }
    List<Recipient> to = new ArrayList<>();
    for (String address : settings.mail()) {
      String checked = MailOutConfiguration.address("attestbro.alerts.mail", address).value();
      to.add(new Recipient.Mail(checked));
    }
    if (!settings.webhook().isBlank()) {
      to.add(webhook(settings));
    }
    return to;
  }

  private static Recipient webhook(AlertSettings settings) {
    Path secrets = Path.of(settings.secretFile()).toAbsolutePath().normalize();
    try {
      WebhookSecret.read(Files.readString(secrets));
      return new Recipient.Webhook(WebAddress.read(settings.webhook()), secrets.toString());
    } catch (IOException unreadable) {
      throw new StartRefused("attestbro.alerts.secret-file: " + secrets + " cannot be read");
    } catch (IllegalArgumentException wrong) {
      throw new StartRefused("attestbro.alerts.webhook and secret-file: " + wrong.getMessage());
    }
  }

  @Bean
  WatchConditions watchConditions(
      GatewaySettings settings,
      AlertSettings alerts,
      CertificateEnds certificates,
      Records records,
      DataSource dataSource,
      BrokerConnections broker,
      Alarms alarms,
      Clock clock) {
    return new WatchConditions(
        List.of(
            new WatchReach(TimelineCode.DATABASE_UNREACHABLE, "database", () -> reach(dataSource)),
            new WatchReach(
                TimelineCode.BROKER_UNREACHABLE,
                "broker",
                () -> broker.consumers().createConnection().close()),
            new WatchDisk(new DataDisk(settings.data())),
            new WatchCertificates(certificates::all),
            new WatchOverdue(records)),
        alerts.repeatAfter(),
        alarms,
        clock);
  }

  private static void reach(DataSource dataSource) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      if (!connection.isValid(ANSWERS_WITHIN_SECONDS)) {
        throw new RecordsUnavailable(new IOException("no answer in time"));
      }
    }
  }

  /** The disk that the data folder is on. */
  private record DataDisk(Path folder) implements WatchDisk.Disk {
    @Override
    public long free() throws IOException {
      return store().getUsableSpace();
    }

    @Override
    public long size() throws IOException {
      return store().getTotalSpace();
    }

    private FileStore store() throws IOException {
      return Files.getFileStore(folder);
    }
  }

  @Bean
  RoutesBuilder noticeRoutes(Alerts alerts, SendNotices send, WatchConditions watch, Steps steps) {
    return new NoticeRouteBuilder(alerts, send, watch, steps);
  }
}
