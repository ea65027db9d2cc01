package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long something took, in calendar days: in all, and without the days on which it was paused.
 */
public record DaysTaken(int gross, int net) {
  /**
   * From the day of the start, not counted, to the day of the end, counted; 0 where it is before.
   */
  public static DaysTaken between(LocalDate start, LocalDate end, List<Pause> pauses) {
    int gross = (int) Math.max(0, ChronoUnit.DAYS.between(start, end));
    return new DaysTaken(gross, gross - Pause.pausedDays(start, end, pauses));
  }

  /** Of a case: from its proven receipt to its reply, its end, or now; empty before the receipt. */
  public static Optional<DaysTaken> of(CertificateCase known, Instant now) {
    CaseStanding standing = known.standing();
    return standing
        .receivedAt()
        .map(
            received ->
                between(
                    DeadlineRule.day(received),
                    DeadlineRule.day(standing.repliedAt().or(standing::endedAt).orElse(now)),
                    pauses(standing, now)));
  }

  private static List<Pause> pauses(CaseStanding standing, Instant now) {
    List<Pause> pauses = new ArrayList<>(standing.pauses());
    standing.pausedFrom().ifPresent(from -> pauses.add(new Pause(from, DeadlineRule.day(now))));
    return pauses;
  }
}
