package dk.attestbro.gateway.wiring;

import dk.attestbro.jdbc.FactPacking;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Keeps reports quick: facts are packed when many have changed. On a thread of its own, because the
 * first time in a large database takes minutes.
 */
@Component
final class FactClockwork implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(FactClockwork.class);
  private static final long AFTER_THE_START = 1;
  private static final long AGAIN = 10;

  private final FactPacking packing;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(FactClockwork::background);

  FactClockwork(DataSource dataSource) {
    packing = new FactPacking(dataSource);
    thread.scheduleWithFixedDelay(this::pack, AFTER_THE_START, AGAIN, TimeUnit.MINUTES);
  }

  private static Thread background(Runnable work) {
    Thread thread = new Thread(work, "pack-facts");
    thread.setDaemon(true);
    return thread;
  }

  /** A failure is not the last time: reports are slower until it is cured, and never wrong. */
  private void pack() {
    try {
      packing.packWhereMuchChanged();
    } catch (RuntimeException failure) {
      LOG.warn("facts could not be packed for reports: {}", failure.getMessage());
    }
  }

  @Override
  public void destroy() {
    thread.shutdownNow();
  }
}
