package dk.attestbro.gateway.wiring;

import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** TLS 1.2 or better, and partners identified by the certificates that the directory names. */
@Component
final class ListenerTls implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  ListenerTls(DirectorySource directory, TrustConfiguration.ForListener trust, Clock clock) {
    PartnerTrust.use(directory, trust.trust(), clock);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addConnectorCustomizers(
        connector -> {
          for (SSLHostConfig host : connector.findSslHostConfigs()) {
            host.setProtocols("TLSv1.2+TLSv1.3");
            host.setTrustManagerClassName(PartnerTrust.class.getName());
            if (host.getCertificateVerification() != CertificateVerification.REQUIRED) {
              host.setCertificateVerification("optional");
            }
          }
        });
  }
}
