package dk.attestbro.calendar;

import dk.attestbro.model.ClosingDays;
import dk.attestbro.model.WorkCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Monday to Friday without Danish public holidays and without the closing days that an installation
 * has chosen, for any year.
 */
public final class DanishCalendar implements WorkCalendar {
  private static final int FRIDAY_AFTER_ASCENSION = 40;
  private static final Map<MonthDay, Predicate<ClosingDays>> SWITCHES =
      Map.of(
          MonthDay.of(Month.JUNE, 5), ClosingDays::grundlovsdag,
          MonthDay.of(Month.DECEMBER, 24), ClosingDays::christmasEve,
          MonthDay.of(Month.DECEMBER, 31), ClosingDays::newYearsEve,
          MonthDay.of(Month.MAY, 1), ClosingDays::firstOfMay);

  private final ClosingDays closingDays;

  public DanishCalendar(ClosingDays closingDays) {
    this.closingDays = closingDays;
  }

  @Override
  public boolean isWorkingDay(LocalDate day) {
    return !isWeekend(day) && publicHoliday(day).isEmpty() && !isClosingDay(day);
  }

  /** The Danish name of the public holiday that falls on this day. */
  static Optional<String> publicHoliday(LocalDate day) {
    return PublicHoliday.ALL.stream()
        .filter(holiday -> holiday.isOn(day))
        .map(PublicHoliday::name)
        .findFirst();
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private boolean isClosingDay(LocalDate day) {
    MonthDay ofTheYear = MonthDay.from(day);
    return closingDays.dates().contains(day)
        || closingDays.everyYear().contains(ofTheYear)
        || Optional.ofNullable(SWITCHES.get(ofTheYear))
            .filter(isClosed -> isClosed.test(closingDays))
            .isPresent()
        || (closingDays.ascensionFriday()
            && day.equals(Easter.sunday(day.getYear()).plusDays(FRIDAY_AFTER_ASCENSION)));
  }
}
