package dk.attestbro.gateway.wiring;

import dk.attestbro.port.ServerTrust;
import dk.attestbro.trust.JudgedServers;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the servers that the gateway calls are judged: partners' systems, mail servers, brokers. */
@Configuration(proxyBeanMethods = false)
class ServerTrustConfiguration {
  @Bean
  ServerTrust serverTrust(TrustConfiguration.ForListener connections, Clock clock) {
    return new JudgedServers(connections.trust(), clock);
  }
}
