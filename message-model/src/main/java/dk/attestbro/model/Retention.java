package dk.attestbro.model;

import java.time.Instant;
import java.time.Period;

/**
 * How long contents are held: so long after the end, and at the longest so long. Periods are
 * counted in Europe/Copenhagen, to the same time of day.
 */
public record Retention(Period afterEnd, Period longest) {
  /** Where nothing else is set: 30 days after the end, 18 months at the longest. */
  public static final Retention DEFAULT = new Retention(Period.ofDays(30), Period.ofMonths(18));

  public Retention {
    if (!isPositive(afterEnd) || !isPositive(longest)) {
      throw new IllegalArgumentException("contents are held for a day at least");
    }
  }

  /** When what ended then goes. */
  Instant afterEnd(Instant end) {
    return end.atZone(DeadlineRule.ZONE).plus(afterEnd).toInstant();
  }

  /** When what began then goes, whatever else holds. */
  Instant longestAfter(Instant beginning) {
    return beginning.atZone(DeadlineRule.ZONE).plus(longest).toInstant();
  }

  /** What ended then or before may go now. */
  public Instant endedBy(Instant now) {
    return now.atZone(DeadlineRule.ZONE).minus(afterEnd).toInstant();
  }

  /** What began then or before must go now. */
  public Instant begunBy(Instant now) {
    return now.atZone(DeadlineRule.ZONE).minus(longest).toInstant();
  }

  private static boolean isPositive(Period period) {
    return !period.isNegative() && !period.isZero();
  }
}
