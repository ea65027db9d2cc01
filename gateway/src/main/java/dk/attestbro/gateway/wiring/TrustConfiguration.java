package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.gateway.journey.CheckedProtection;
import dk.attestbro.jdbc.JdbcOcspMemory;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.OcspMemory;
import dk.attestbro.trust.PathTrust;
import dk.attestbro.trust.PinnedTrust;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Which certificates are relied upon: pinned ones, or ones that lead to a configured root. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustProperties.class)
class TrustConfiguration {
  /**
   * What is asked of certificates on connections: by the listener of one that the directory names,
   * by deliveries of a server's. Where certificates are pinned, nothing but what both look at
   * themselves.
   */
  record ForListener(CertificateTrust trust) {}

  @Bean
  OcspMemory ocspMemory(DataSource dataSource) {
    return new JdbcOcspMemory(dataSource);
  }

  @Bean
  CertificateTrust certificateTrust(TrustProperties properties, OcspMemory answers) {
    return properties.isPath()
        ? new PathTrust(properties.settings(), answers)
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
