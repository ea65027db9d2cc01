package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeadlineRule;
import dk.attestbro.port.AccessLog;
import java.time.Clock;
import java.time.Period;

/** Deletes what the access log has told for long enough. */
public final class DeleteAccessLog {
  private final AccessLog log;
  private final Period retention;
  private final Clock clock;

  /** {@code retention}: how long it is kept, counted in Europe/Copenhagen. */
  public DeleteAccessLog(AccessLog log, Period retention, Clock clock) {
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("the access log is kept for a day at least");
    }
    this.log = log;
    this.retention = retention;
    this.clock = clock;
  }

  /** Deletes what is due now; returns how many entries that was. */
  public int due() {
    return log.deleteBefore(clock.instant().atZone(DeadlineRule.ZONE).minus(retention).toInstant());
  }
}
