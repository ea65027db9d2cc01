package dk.attestbro.model;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * The days beside weekends and public holidays on which the authorities are closed: five that the
 * law leaves open, own dates, and own days of every year.
 */
public record ClosingDays(
    boolean grundlovsdag,
    boolean christmasEve,
    boolean newYearsEve,
    boolean firstOfMay,
    boolean ascensionFriday,
    Set<LocalDate> dates,
    Set<MonthDay> everyYear) {
  /** Closed on 5 June, 24 and 31 December; working on 1 May and the Friday after Ascension. */
  public static final ClosingDays DEFAULT =
      new ClosingDays(true, true, true, false, false, Set.of(), Set.of());

  public ClosingDays {
    dates = Set.copyOf(dates);
    everyYear = Set.copyOf(everyYear);
  }
}
