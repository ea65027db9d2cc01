package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.JwsReceipts;
import dk.attestbro.crypto.KeyKind;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.crypto.TinkSealing;
import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.jdbc.Database;
import dk.attestbro.jdbc.JdbcRecords;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.JmsTransmissionQueue;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The adapters: keys, database, directory, tokens. */
@Configuration(proxyBeanMethods = false)
class EdgesConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  GatewayKeys gatewayKeys(GatewaySettings settings, ServerProperties server, Clock clock) {
    ListenerRules.check(server);
    return GatewayKeys.load(
        settings.data().resolve("keys"),
        KeyKind.valueOf(settings.keyKind().toUpperCase(Locale.ROOT).replace('-', '_')),
        ListenerRules.isLoopback(server),
        "Attestbro",
        clock);
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

  @Bean(destroyMethod = "close")
  YamlDirectory directory(GatewaySettings settings, JdbcRecords records) {
    return new YamlDirectory(
        settings.config().resolve("directory.yaml"),
        records::hasOpenLetters,
        settings.directoryPoll());
  }

  @Bean(destroyMethod = "close")
  Broker broker(GatewaySettings settings) {
    return Broker.open(settings);
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
  CallerIdentification callerIdentification(
      GatewaySettings settings, DirectorySource directory, Clock clock) {
    return new TokenFile(settings.config().resolve("tokens.yaml"), directory, clock);
  }
}
