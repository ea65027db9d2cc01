package dk.attestbro.gateway.wiring;

import dk.attestbro.fhir.FhirMessageValidator;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Drives the validator once before the gateway says it is up: the first validation takes seconds.
 * It runs beside the rest of the start; packages warm up behind it. A warm-up that fails leaves the
 * gateway down, since it could check nothing.
 */
@Component("validator")
final class WarmUp implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Health health = Health.down().build();

  WarmUp(FhirMessageValidator validator) {
    inBackground(
        "warm-up",
        () -> {
          try {
            FhirMessageValidator.warmUp();
            // What reading the definitions left behind goes back before the gateway is idle.
            System.gc();
            health = Health.up().build();
          } finally {
            ended.countDown();
          }
          validator.warmUpPackages();
        });
  }

  /** Begins, since the definitions are long to read; to be called as early as the log allows. */
  static void begin() {
    inBackground("definitions", FhirMessageValidator::warmUp);
  }

  /** Waits for the end of the warm-up, which must have served. */
  void await() throws InterruptedException {
    ended.await();
    if (health.getStatus() != Status.UP) {
      throw new IllegalStateException("the validator cannot be used");
    }
  }

  private static void inBackground(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (who, failed) -> LOG.error("the validator cannot be used", failed));
    thread.start();
  }

  @Override
  public Health health() {
    return health;
  }
}
