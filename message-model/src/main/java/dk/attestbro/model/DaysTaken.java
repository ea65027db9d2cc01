package dk.attestbro.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

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
}
