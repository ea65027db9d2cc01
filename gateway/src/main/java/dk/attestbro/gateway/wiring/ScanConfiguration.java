package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.ScanAttachments;
import dk.attestbro.scan.ClamdScan;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether attachments are looked through, and by whom. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScanConfiguration.ScanSettings.class)
class ScanConfiguration {
  /** The settings under {@code attestbro.scan}; config/application.yaml explains each. */
  @ConfigurationProperties("attestbro.scan")
  record ScanSettings(Mode mode, String clamd, Duration limit) {
    /** Either no attachment is looked through, or every one must be. */
    enum Mode {
      OFF,
      REQUIRED
    }
  }

  @Bean
  ScanAttachments scanAttachments(ScanSettings settings, Alarms alarms) {
    return new ScanAttachments(
        settings.mode() == ScanSettings.Mode.OFF
            ? Optional.empty()
            : Optional.of(ClamdScan.at(settings.clamd(), settings.limit())),
        alarms);
  }
}
