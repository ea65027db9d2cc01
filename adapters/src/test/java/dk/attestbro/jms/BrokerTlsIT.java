package dk.attestbro.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.ServerTrust;
import dk.attestbro.samples.TestCa;
import dk.attestbro.trust.JudgedServers;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a real broker under TLS, which asks for a certificate too. */
final class BrokerTlsIT {
  private static final String PASSWORD = "test";
  private static final TestCa CA = new TestCa("Broker CA");
  private static final TestCa OTHER = new TestCa("Another CA");

  @TempDir static Path folder;
  private static EmbeddedActiveMQ broker;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    trustStore("ca", CA);
    trustStore("other", OTHER);
    keyStore("server", CA.server());
    keyStore("client", CA.client("gateway", TestCa.Keys.P256));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Configuration configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(false);
    configuration.setSecurityEnabled(false);
    configuration.setJMXManagementEnabled(false);
    configuration.addAcceptorConfiguration(
        "tls",
        "tcp://127.0.0.1:"
            + port
            + "?protocols=CORE;sslEnabled=true;needClientAuth=true;"
            + store("key", "server")
            + ";"
            + store("trust", "ca"));
    broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration);
    broker.start();
  }

  @AfterAll
  static void stop() throws Exception {
    broker.stop();
  }

  @Test
  void speaksToABrokerThatTheTrustStoreVouchesForAndShowsItsCertificate() throws JMSException {
    connect("ca", JudgedServers.byPlatform());
  }

  @Test
  void doesNotSpeakToABrokerThatNobodyTrustedVouchesFor() {
    assertThatThrownBy(() -> connect("other", JudgedServers.byPlatform()))
        .isInstanceOf(JMSException.class);
  }

  @Test
  void doesNotSpeakToABrokerWhoseCertificateWasRevoked() throws JMSException {
    assertThatThrownBy(() -> connect("ca", judging(RefusalReason.CERTIFICATE_REVOKED)))
        .isInstanceOf(JMSException.class);
    connect("ca", judging(RefusalReason.CERTIFICATE_UNTRUSTED));
  }

  private static ServerTrust judging(RefusalReason reason) {
    return new JudgedServers(
        (server, others, purpose, at) -> new CertificateTrust.Refused(reason, ""),
        Clock.systemUTC());
  }

  private static void connect(String trusted, ServerTrust servers) throws JMSException {
    String url =
        "tcp://localhost:"
            + port
            + "?sslEnabled=true;"
            + store("trust", trusted)
            + ";"
            + store("key", "client");
    try (BrokerConnections connections = BrokerConnections.partner(url, "", "", servers);
        Connection connection = connections.consumers().createConnection()) {
      assertThat(connection.getMetaData()).isNotNull();
    }
  }

  private static String store(String use, String name) {
    return "%sStorePath=%s;%sStorePassword=%s;%sStoreType=PKCS12"
        .formatted(use, folder.resolve(name + ".p12"), use, PASSWORD, use);
  }

  private static void trustStore(String name, TestCa authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate());
    write(name, store);
  }

  private static void keyStore(String name, TestCa.Issued issued)
      throws GeneralSecurityException, IOException {
    write(name, issued.keyStore());
  }

  private static void write(String name, KeyStore store)
      throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".p12"))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }
}
