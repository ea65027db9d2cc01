package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.DeleteAccessLog;
import dk.attestbro.gateway.routes.AccessLogRouteBuilder;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.jdbc.JdbcAccessLog;
import dk.attestbro.port.AccessLog;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.RoutesBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The access log, and how long it is kept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessLogSettings.class)
class AccessLogConfiguration {
  @Bean
  JdbcAccessLog accessLog(DataSource dataSource) {
    return new JdbcAccessLog(dataSource);
  }

  @Bean
  DeleteAccessLog deleteAccessLog(AccessLog log, AccessLogSettings settings, Clock clock) {
    return new DeleteAccessLog(log, settings.retention(), clock);
  }

  @Bean
  RoutesBuilder accessLogRetention(DeleteAccessLog delete, Steps steps) {
    return new AccessLogRouteBuilder(delete, steps);
  }
}
