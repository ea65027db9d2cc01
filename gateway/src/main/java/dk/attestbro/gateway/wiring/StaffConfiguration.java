package dk.attestbro.gateway.wiring;

import dk.attestbro.directory.UserFile;
import dk.attestbro.port.StaffDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The people who sign in on the pages. */
@Configuration(proxyBeanMethods = false)
class StaffConfiguration {
  @Bean
  StaffDirectory staffDirectory(GatewaySettings settings) {
    return new UserFile(settings.config().resolve("users.yaml"));
  }
}
