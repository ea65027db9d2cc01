package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.Circuits;
import dk.attestbro.model.CircuitRules;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps a receiver that is down from being asked by every letter that waits for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CircuitSettings.class)
class CircuitConfiguration {
  @Bean
  Circuits circuits(CircuitSettings settings, DirectorySource directory, Clock clock) {
    return new Circuits(rules(settings), directory, clock);
  }

  private static CircuitRules rules(CircuitSettings settings) {
    try {
      return new CircuitRules(settings.failures(), settings.firstWait(), settings.longestWait());
    } catch (IllegalArgumentException unusable) {
      throw new StartRefused("attestbro.circuit: " + unusable.getMessage());
    }
  }
}
