package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CertificateDates;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.OwnKey;
import dk.attestbro.file.FileProbe;
import dk.attestbro.file.Folders;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.journey.Circuits;
import dk.attestbro.gateway.operations.CertificateEnd;
import dk.attestbro.gateway.operations.ExplainLetter;
import dk.attestbro.gateway.operations.ProbeParty;
import dk.attestbro.gateway.operations.Surroundings;
import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.http.HttpsDelivery;
import dk.attestbro.http.HttpsProbe;
import dk.attestbro.jdbc.JdbcOperations;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.JmsProbe;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Party;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.Records;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.Statistics;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operations see and try. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
  /** A person waits for the answer. */
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

  @Bean
  JdbcOperations operationsRecords(DataSource dataSource) {
    return new JdbcOperations(dataSource);
  }

  @Bean
  ExplainLetter explainLetter(
      Records records, Outbox outbox, DirectorySource directory, AccessLog accesses) {
    return new ExplainLetter(records, outbox, directory, accesses);
  }

  @Bean
  ProbeParty probeParty(
      HttpsDelivery https,
      PartnerBrokers brokers,
      Folders folders,
      MailOut mail,
      MessageProtection protection,
      Clock clock) {
    Map<Channel, ChannelProbe> channels = new EnumMap<>(Channel.class);
    channels.put(Channel.HTTPS, new HttpsProbe(https, PROBE_LIMIT));
    channels.put(Channel.JMS, new JmsProbe(brokers::producers));
    channels.put(Channel.FILE, new FileProbe(folders));
    mail.probe().ifPresent(probe -> channels.put(Channel.MAIL, probe));
    return new ProbeParty(channels, protection, clock);
  }

  @Bean
  TakeOverview takeOverview(
      OperationsRecords operations,
      Outbox outbox,
      SortingDesk desk,
      Statistics statistics,
      DirectorySource directory,
      Surroundings.Source surroundings,
      GatewayKeys keys,
      Circuits circuits,
      Optional<BreakGlass> breakGlass,
      Clock clock) {
    return new TakeOverview(
        operations,
        outbox,
        desk,
        statistics,
        directory,
        surroundings,
        () -> certificates(keys, directory),
        circuits::of,
        () -> breakGlass.map(BreakGlass::waiting).orElse(0L),
        clock);
  }

  /** What health looks at, the disk of the data folder, and the stuck letters last counted. */
  @Bean
  Surroundings.Source surroundings(
      Map<String, HealthContributor> health,
      BrokerConnections broker,
      ObjectProvider<GatewayFigures> figures,
      GatewaySettings settings) {
    File data = settings.data().toFile();
    return () ->
        new Surroundings(
            parts(health, answers(broker)),
            data.getUsableSpace(),
            data.getTotalSpace(),
            figures.getObject().stuck());
  }

  /** By contributor, since that is all that Spring says of the database's before it is made. */
  static List<Surroundings.Part> parts(Map<String, HealthContributor> health, boolean broker) {
    List<Surroundings.Part> parts = new ArrayList<>();
    parts.add(new Surroundings.Part("broker", broker));
    health.forEach(
        (name, one) ->
            parts.add(
                new Surroundings.Part(
                    name.replaceFirst("Health(Indicator|Contributor)?$", ""), isUp(one))));
    parts.sort(Comparator.comparing(Surroundings.Part::name));
    return parts;
  }

  private static boolean answers(BrokerConnections broker) {
    try (Connection connection = broker.producers().createConnection();
        Session session = connection.createSession()) {
      return true;
    } catch (JMSException | RuntimeException down) {
      return false;
    }
  }

  private static boolean isUp(HealthContributor contributor) {
    if (contributor instanceof HealthIndicator indicator) {
      Health health = indicator.health();
      return health == null || !health.getStatus().equals(Status.DOWN);
    }
    return !(contributor instanceof CompositeHealthContributor several)
        || several.stream().allMatch(one -> isUp(one.contributor()));
  }

  private static List<CertificateEnd> certificates(GatewayKeys keys, DirectorySource directory) {
    List<CertificateEnd> ends = new ArrayList<>();
    keys.certificates().forEach((name, own) -> ends.add(end("gateway", own(name), name, own)));
    for (Party party : directory.current().parties()) {
      String id = party.id().value();
      for (int i = 0; i < party.signers().size(); i++) {
        ends.add(end(id, CertificateEnd.Use.SIGNER, "signer-" + (i + 1), party.signers().get(i)));
      }
      party.endpoint().ifPresent(endpoint -> add(ends, id, endpoint, ""));
      party.fallback().ifPresent(fallback -> add(ends, id, fallback.endpoint(), "fallback-"));
    }
    return ends;
  }

  private static CertificateEnd.Use own(String name) {
    return switch (OwnKey.listed(name).orElseThrow()) {
      case SIGNING -> CertificateEnd.Use.OWN_SIGNING;
      case ENCRYPTION -> CertificateEnd.Use.OWN_ENCRYPTION;
      case TLS_CLIENT -> CertificateEnd.Use.OWN_TLS_CLIENT;
      case LISTENER -> CertificateEnd.Use.OWN_LISTENER;
      case RECEIPTS -> CertificateEnd.Use.OWN_RECEIPTS;
    };
  }

  private static void add(List<CertificateEnd> ends, String id, Endpoint endpoint, String prefix) {
    endpoint
        .encryptTo()
        .ifPresent(
            one -> ends.add(end(id, CertificateEnd.Use.ENCRYPT_TO, prefix + "encryptTo", one)));
    endpoint
        .trust()
        .ifPresent(one -> ends.add(end(id, CertificateEnd.Use.TRUST, prefix + "trust", one)));
  }

  private static CertificateEnd end(
      String owner, CertificateEnd.Use use, String name, Certificate one) {
    return new CertificateEnd(
        owner, use, name, one.fingerprint().hex(), CertificateDates.of(one).notAfter());
  }
}
