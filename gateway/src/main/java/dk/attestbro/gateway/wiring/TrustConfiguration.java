package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.gateway.journey.CheckedProtection;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.trust.PathTrust;
import dk.attestbro.trust.PinnedTrust;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Which certificates are relied upon: pinned ones, or ones that lead to a configured root. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustProperties.class)
class TrustConfiguration {
  /**
   * What the listener asks of a certificate that the directory names. Where certificates are
   * pinned, nothing but its dates, which the listener looks at itself.
   */
  record ForListener(CertificateTrust trust) {}

  @Bean
  CertificateTrust certificateTrust(TrustProperties properties) {
    return properties.isPath()
        ? new PathTrust(properties.settings())
        : new PinnedTrust(properties.algorithmPolicy());
  }

  @Bean
  ForListener listenerTrust(TrustProperties properties, CertificateTrust trust) {
    return new ForListener(
        properties.isPath()
            ? trust
            : (subject, others, purpose, at) ->
                new CertificateTrust.Trusted(List.of(subject), List.of(), false));
  }

  @Bean
  @Primary
  MessageProtection checkedProtection(CmsProtection protection, CertificateTrust trust) {
    return new CheckedProtection(protection, trust);
  }
}
