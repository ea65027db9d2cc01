package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.operations.Surroundings.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What the overview says that the gateway stands on. */
final class PartsTest {
  private static final HealthIndicator UP = () -> Health.up().build();
  private static final HealthIndicator DOWN = () -> Health.down().build();

  @Test
  void hasThoseThatAreOnlyKnownAsContributorsAndThoseOfSeveral() {
    HealthContributor database = UP;
    HealthContributor several = CompositeHealthContributor.fromMap(Map.of("a", UP, "b", DOWN));

    assertThat(
            OperationsConfiguration.parts(
                Map.of("dbHealthContributor", database, "sslHealthIndicator", several), true))
        .containsExactly(new Part("broker", true), new Part("db", true), new Part("ssl", false));
  }
}
