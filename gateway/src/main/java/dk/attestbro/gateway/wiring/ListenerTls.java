package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.GatewayKeys;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * TLS 1.2 or better with forward secrecy and authenticated encryption alone; the certificate as it
 * stands at each new connection; and partners identified by the certificates that the directory
 * names.
 */
@Component
final class ListenerTls implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final GatewayKeys keys;
  private final PartnerTrust partners;

  ListenerTls(GatewayKeys keys, PartnerTrust partners) {
    this.keys = keys;
    this.partners = partners;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (keys.current().listener().isEmpty()) {
      return;
    }
    boolean demanded =
        factory.getSsl() != null && factory.getSsl().getClientAuth() == Ssl.ClientAuth.NEED;
    Supplier<SSLContext> context =
        keys.derive(set -> ListenerContext.showing(set.listener().orElseThrow(), partners));
    // The framework would read the key once, and keep it.
    factory.setSsl(null);
    factory.addConnectorCustomizers(connector -> secure(connector, demanded, context));
  }

  private static void secure(Connector connector, boolean demanded, Supplier<SSLContext> context) {
    SSLHostConfig host = new SSLHostConfig();
    host.setProtocols(String.join("+", ModernTls.PROTOCOLS));
    host.setCiphers(String.join(",", ModernTls.TLS_12_SUITES));
    host.setCertificateVerification(demanded ? "required" : "optional");
    SSLHostConfigCertificate shown =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    shown.setSslContext(new ListenerContext(context));
    host.addCertificate(shown);
    AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    protocol.setSSLEnabled(true);
    protocol.addSslHostConfig(host);
    connector.setScheme("https");
    connector.setSecure(true);
  }
}
