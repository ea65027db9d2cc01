package dk.attestbro.gateway.wiring;

import dk.attestbro.calendar.DanishCalendar;
import dk.attestbro.chart.BarDrawing;
import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.HmacCitizenDigests;
import dk.attestbro.crypto.JwsReceipts;
import dk.attestbro.crypto.KeyKind;
import dk.attestbro.crypto.KeySettings;
import dk.attestbro.crypto.KeySource;
import dk.attestbro.crypto.OwnKey;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.crypto.TinkSealing;
import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.YamlAgreements;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.http.HttpsDelivery;
import dk.attestbro.http.HttpsSettings;
import dk.attestbro.http.TlsIdentity;
import dk.attestbro.jdbc.Database;
import dk.attestbro.jdbc.JdbcRecords;
import dk.attestbro.jdbc.JdbcStatistics;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.JmsTransmissionQueue;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Forms;
import dk.attestbro.pdf.PdfDocument;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.ChartDrawing;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.PagePrinting;
import dk.attestbro.port.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The adapters: keys, database, directory, agreements, tokens. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeysProperties.class)
class EdgesConfiguration {
  /** A longer response holds no Acknowledgement. */
  private static final int MOST_RESPONSE_BYTES = 10_000_000;

  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  @Bean
  GatewayKeys gatewayKeys(
      GatewaySettings settings,
      KeysProperties properties,
      TrustProperties trust,
      ServerProperties server,
      Clock clock) {
    Map<OwnKey, KeySource> named = properties.named();
    if (!named.containsKey(OwnKey.LISTENER)) {
      ListenerKey.of(server).ifPresent(source -> named.put(OwnKey.LISTENER, source));
    }
    ListenerRules.check(server, named.containsKey(OwnKey.LISTENER));
    return GatewayKeys.load(
        new KeySettings(
            settings.data().resolve("keys"),
            KeyKind.valueOf(settings.keyKind().toUpperCase(Locale.ROOT).replace('-', '_')),
            ListenerRules.isLoopback(server) && isLoopback(settings.broker().partners()),
            "Attestbro",
            named,
            properties.retiredSources(),
            trust.algorithmPolicy()::takes),
        clock);
  }

  /** Whether partners reach the broker, if at all, from this machine only. */
  private static boolean isLoopback(GatewaySettings.Partners partners) {
    try {
      return !partners.isOpen() || InetAddress.getByName(partners.address()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new StartRefused(
          "attestbro.broker.partners.address: " + partners.address() + " is no address here");
    }
  }

  @Bean
  PrivateKeyOperations privateKeyOperations() {
    return new PrivateKeyOperations();
  }

  @Bean
  TinkSealing contentSealing(GatewayKeys keys) {
    return new TinkSealing(keys.storageKeyset());
  }

  @Bean
  HmacCitizenDigests citizenDigests(GatewayKeys keys) {
    return HmacCitizenDigests.of(keys.citizenKey());
  }

  @Bean
  CmsProtection messageProtection(GatewayKeys keys, PrivateKeyOperations operations) {
    return new CmsProtection(keys, operations);
  }

  @Bean
  JwsReceipts receiptSigning(GatewayKeys keys, PrivateKeyOperations operations) {
    return new JwsReceipts(keys, operations);
  }

  @Bean(destroyMethod = "close")
  Database database(GatewaySettings settings, Environment environment) {
    String url = environment.getProperty("spring.datasource.url", "");
    return url.isBlank()
        ? Database.embedded(settings.data().resolve("postgres"), settings.databasePool())
        : Database.external(
            url,
            environment.getProperty("spring.datasource.username", ""),
            environment.getProperty("spring.datasource.password", ""),
            settings.databasePool());
  }

  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return database.dataSource();
  }

  @Bean
  JdbcRecords records(DataSource dataSource, ContentSealing sealing, Clock clock) {
    return new JdbcRecords(dataSource, sealing, clock);
  }

  @Bean
  JdbcStatistics statistics(DataSource dataSource) {
    return new JdbcStatistics(dataSource);
  }

  @Bean
  ChartDrawing chartDrawing() {
    // A method reference would load the class, and AWT with it, at the start.
    return (chart, words) -> BarDrawing.svg(chart, words);
  }

  @Bean
  PagePrinting pagePrinting() {
    return PdfDocument::render;
  }

  @Bean(destroyMethod = "close")
  YamlDirectory directory(GatewaySettings settings, JdbcRecords records) {
    return new YamlDirectory(
        settings.config().resolve("directory.yaml"),
        records::hasOpenLetters,
        settings.directoryPoll());
  }

  @Bean(destroyMethod = "close")
  YamlAgreements agreements(GatewaySettings settings, Forms forms) {
    return new YamlAgreements(
        settings.config().resolve("agreements.yaml"),
        forms,
        DanishCalendar::new,
        settings.directoryPoll());
  }

  @Bean(destroyMethod = "close")
  Broker broker(GatewaySettings settings, ServerTrust servers) {
    return Broker.open(settings, servers);
  }

  @Bean(destroyMethod = "")
  BrokerConnections brokerConnections(Broker broker) {
    return broker.connections();
  }

  @Bean
  JmsTransmissionQueue transmissionQueue(BrokerConnections connections, GatewaySettings settings) {
    return new JmsTransmissionQueue(connections.producers(), settings.lease());
  }

  @Bean
  HttpsDelivery httpsDelivery(
      GatewaySettings settings, GatewayKeys keys, ServerTrust servers, Clock clock) {
    return new HttpsDelivery(
        new HttpsSettings(
            settings.http().connectTimeout(),
            settings.http().responseTimeout(),
            MOST_RESPONSE_BYTES),
        keys.derive(
            set -> Optional.of(new TlsIdentity(set.tlsClient().key(), set.tlsClient().chain()))),
        roots(settings.http().roots()),
        servers,
        clock);
  }

  private static List<Certificate> roots(String file) {
    if (file.isBlank()) {
      return List.of();
    }
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      List<Certificate> roots = new ArrayList<>();
      for (var root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        roots.add(Certificate.of(root.getEncoded()));
      }
      return roots;
    } catch (IOException | CertificateException unreadable) {
      throw new StartRefused(
          "attestbro.http.roots: " + file + " cannot be read as PEM certificates");
    }
  }

  @Bean
  CallerIdentification callerIdentification(
      GatewaySettings settings, DirectorySource directory, Clock clock) {
    return new TokenFile(settings.config().resolve("tokens.yaml"), directory, clock);
  }
}
