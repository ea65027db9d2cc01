package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A time in which a deadline stands still. The day on which it began still counts for the deadline,
 * the days after it up to and with the day on which it ended do not; a day within several pauses is
 * lost once.
 */
public record Pause(LocalDate from, LocalDate to) {
  public Pause {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a pause ends before it begins");
    }
  }

  /** Whether this day does not count. */
  public boolean holds(LocalDate day) {
    return day.isAfter(from) && !day.isAfter(to);
  }

  /** How many days after {@code from}, up to and with {@code to}, do not count. */
  static int pausedDays(LocalDate from, LocalDate to, List<Pause> pauses) {
    return (int)
        from.plusDays(1)
            .datesUntil(to.isBefore(from) ? from.plusDays(1) : to.plusDays(1))
            .filter(day -> isPaused(day, pauses))
            .count();
  }

  /** The day on which that many counted days after {@code from} that are not paused have passed. */
  static LocalDate daysAfter(
      LocalDate from, int days, Predicate<LocalDate> counts, List<Pause> pauses) {
    LocalDate day = from;
    for (int left = days; left > 0; ) {
      day = day.plusDays(1);
      if (counts.test(day) && !isPaused(day, pauses)) {
        left--;
      }
    }
    return day;
  }

  /** The last day, moved by what a pause took that began on it. */
  static LocalDate afterPausesOn(LocalDate last, Predicate<LocalDate> counts, List<Pause> pauses) {
    LocalDate day = last;
    for (Pause pause : pauses.stream().sorted(Comparator.comparing(Pause::from)).toList()) {
      if (pause.from.equals(day) && pause.to.isAfter(day)) {
        int taken = (int) day.plusDays(1).datesUntil(pause.to.plusDays(1)).filter(counts).count();
        day = daysAfter(day, taken, counts, List.of());
      }
    }
    return day;
  }

  private static boolean isPaused(LocalDate day, List<Pause> pauses) {
    return pauses.stream().anyMatch(pause -> pause.holds(day));
  }
}
