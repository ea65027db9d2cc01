package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;

/** Which days authorities work. */
public interface WorkCalendar {
  /** Weekdays, with no holiday and no closing day. */
  WorkCalendar MONDAY_TO_FRIDAY = day -> day.getDayOfWeek().getValue() <= 5;

  boolean isWorkingDay(LocalDate day);

  /** The day itself where it is a working day, else the next one. */
  default LocalDate nextWorkingDay(LocalDate day) {
    LocalDate next = day;
    while (!isWorkingDay(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /** So many working days after the day, which is not counted. */
  default LocalDate plusWorkingDays(LocalDate day, int days) {
    return Pause.daysAfter(day, days, this::isWorkingDay, List.of());
  }
}
