package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.KeyKind;
import dk.attestbro.crypto.KeySettings;
import dk.attestbro.crypto.KeySource;
import dk.attestbro.crypto.KeySource.Kind;
import dk.attestbro.crypto.KeySource.Password;
import dk.attestbro.crypto.OwnKey;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.samples.TestCa;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

class ListenerTlsTest {
  private final TestCa ca = new TestCa("Issuer");

  @TempDir Path folder;

  @Test
  void showsTheCertificateAsItStandsUnderModernSuitesAlone() throws Exception {
    TestCa.Issued first = ca.server();
    TestCa.Issued second = ca.server();
    Path file = write(first);
    GatewayKeys keys = keys(file);
    WebServer server = started(keys);
    try {
      assertThat(shown(server, "TLSv1.3")).isEqualTo(first.certificate());
      write(second);
      keys.look();
      keys.look();
      assertThat(shown(server, "TLSv1.2")).isEqualTo(second.certificate());
      assertThatThrownBy(() -> shown(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))
          .isInstanceOf(SSLException.class);
    } finally {
      server.stop();
    }
  }

  private Path write(TestCa.Issued own) {
    return TestCa.write(folder.resolve("listener.pem"), own.keyPem() + own.certificatePem());
  }

  private GatewayKeys keys(Path file) {
    KeySource source =
        new KeySource(
            "server.ssl", Kind.PEM, file, Optional.empty(), Optional.empty(), Password.NONE, false);
    return GatewayKeys.load(
        new KeySettings(
            folder.resolve("keys"),
            KeyKind.P_256,
            true,
            "Test",
            Map.of(OwnKey.LISTENER, source),
            List.of(),
            key -> true),
        Clock.systemUTC());
  }

  private static WebServer started(GatewayKeys keys) {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    CertificateTrust any =
        (subject, others, purpose, at) ->
            new CertificateTrust.Trusted(List.of(subject), List.of(), false);
    new ListenerTls(
            keys,
            new PartnerTrust(
                () -> {
                  throw new AssertionError("no client certificate is shown");
                },
                new TrustConfiguration.ForListener(any),
                Clock.systemUTC()))
        .customize(factory);
    WebServer server = factory.getWebServer();
    server.start();
    return server;
  }

  private Certificate shown(WebServer server, String protocol, String... suites) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) client().getSocketFactory().createSocket("localhost", server.getPort())) {
      socket.setEnabledProtocols(new String[] {protocol});
      if (suites.length > 0) {
        socket.setEnabledCipherSuites(suites);
      }
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLContext client() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", ca.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
