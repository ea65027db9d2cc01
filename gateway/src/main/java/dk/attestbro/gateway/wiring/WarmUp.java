package dk.attestbro.gateway.wiring;

import dk.attestbro.fhir.FhirMessageValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Drives the validator once before the gateway says it is up: the first validation takes seconds.
 * It runs beside the rest of the start. A warm-up that fails leaves the gateway down, since it
 * could check nothing.
 */
@Component("validator")
final class WarmUp implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private volatile Health health = Health.down().build();

  WarmUp(FhirMessageValidator validator) {
    Thread warming =
        new Thread(
            () -> {
              validator.warmUp();
              health = Health.up().build();
            },
            "warm-up");
    warming.setDaemon(true);
    warming.setUncaughtExceptionHandler(
        (thread, failed) -> LOG.error("the validator cannot be used", failed));
    warming.start();
  }

  @Override
  public Health health() {
    return health;
  }
}
