package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.DeleteDrafts;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.routes.DraftsRouteBuilder;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.jdbc.JdbcDrafts;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Drafts;
import jakarta.servlet.MultipartConfigElement;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.RoutesBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The drafts of the counter, and how long and how many of them are kept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DraftsSettings.class)
class DraftsConfiguration {
  @Bean
  JdbcDrafts drafts(DataSource dataSource) {
    return new JdbcDrafts(dataSource);
  }

  /** A draft is no larger than what may be sent up at once. */
  @Bean
  KeepDrafts keepDrafts(
      Drafts drafts,
      ContentSealing sealing,
      DraftsSettings settings,
      MultipartConfigElement uploads,
      Clock clock) {
    return new KeepDrafts(
        drafts,
        sealing,
        new KeepDrafts.Limits(settings.perParty(), uploads.getMaxRequestSize()),
        clock);
  }

  @Bean
  DeleteDrafts deleteDrafts(Drafts drafts, DraftsSettings settings, Clock clock) {
    return new DeleteDrafts(drafts, settings.retention(), clock);
  }

  @Bean
  RoutesBuilder draftsRetention(DeleteDrafts delete, Steps steps) {
    return new DraftsRouteBuilder(delete, steps);
  }
}
