package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeadlineRule;
import dk.attestbro.port.Drafts;
import java.time.Clock;
import java.time.Period;

/** Deletes drafts that nobody has saved for too long: they hold health data. */
public final class DeleteDrafts {
  private final Drafts drafts;
  private final Period longest;
  private final Clock clock;

  /** {@code longest}: since they were saved last, counted in Europe/Copenhagen. */
  public DeleteDrafts(Drafts drafts, Period longest, Clock clock) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("a draft is kept for a day at least");
    }
    this.drafts = drafts;
    this.longest = longest;
    this.clock = clock;
  }

  /** Deletes what is due now; returns how many that was. */
  public int due() {
    return drafts.deleteSavedBefore(
        clock.instant().atZone(DeadlineRule.ZONE).minus(longest).toInstant());
  }
}
