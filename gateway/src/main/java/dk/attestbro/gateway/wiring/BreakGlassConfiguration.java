package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.journey.EndBreakGlass;
import dk.attestbro.gateway.routes.BreakGlassRouteBuilder;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.jdbc.JdbcBreakGlass;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Records;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.RoutesBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Break-glass access, where it is allowed. What was asked before it was forbidden still ends. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BreakGlassSettings.class)
class BreakGlassConfiguration {
  @Bean
  JdbcBreakGlass breakGlassRequests(DataSource dataSource) {
    return new JdbcBreakGlass(dataSource);
  }

  @Bean
  @ConditionalOnBooleanProperty("attestbro.break-glass.enabled")
  BreakGlass breakGlass(
      BreakGlassRequests requests,
      Records records,
      ContentSealing sealing,
      BreakGlassSettings settings,
      Alarms alarms,
      Clock clock) {
    return new BreakGlass(
        requests,
        records,
        sealing,
        new BreakGlass.Times(settings.waits(), settings.lasts()),
        alarms,
        clock);
  }

  @Bean
  EndBreakGlass endBreakGlass(BreakGlassRequests requests, Records records, Clock clock) {
    return new EndBreakGlass(requests, records, clock);
  }

  @Bean
  RoutesBuilder breakGlassEnds(EndBreakGlass end, Steps steps) {
    return new BreakGlassRouteBuilder(end, steps);
  }
}
