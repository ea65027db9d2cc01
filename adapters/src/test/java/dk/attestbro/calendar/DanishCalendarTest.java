package dk.attestbro.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import dk.attestbro.model.ClosingDays;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Year;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DanishCalendarTest {
  private static final ClosingDays NONE =
      new ClosingDays(false, false, false, false, false, Set.of(), Set.of());

  private final DanishCalendar calendar = new DanishCalendar(ClosingDays.DEFAULT);

  @Test
  void hasTheHolidaysOfThePublishedTable() throws IOException {
    try (InputStream table =
        DanishCalendarTest.class.getResourceAsStream("holidays-dk-2023-2030.tsv")) {
      List<String> published =
          new String(table.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .map(line -> line.split("\t", -1))
              .map(columns -> columns[0] + " " + columns[3])
              .toList();
      assertThat(
              days(2023, 2030)
                  .flatMap(
                      day ->
                          DanishCalendar.publicHoliday(day).map(name -> day + " " + name).stream()))
          .containsExactlyElementsOf(published);
    }
  }

  @Test
  void hasTheHolidaysThatJollydayHasFor150Years() {
    HolidayManager jollyday =
        HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.DENMARK));
    for (int year = 1990; year <= 2140; year++) {
      assertThat(
              days(year, year)
                  .filter(day -> DanishCalendar.publicHoliday(day).isPresent())
                  .collect(Collectors.toSet()))
          .as("%s", year)
          .isEqualTo(
              jollyday.getHolidays(Year.of(year)).stream()
                  .map(Holiday::getDate)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void knowsTheEarliestAndTheLatestEaster() {
    assertThat(Easter.sunday(1818)).isEqualTo("1818-03-22");
    assertThat(Easter.sunday(1943)).isEqualTo("1943-04-25");
    assertThat(Easter.sunday(2038)).isEqualTo("2038-04-25");
    assertThat(Easter.sunday(2285)).isEqualTo("2285-03-22");
  }

  @Test
  void closesTheDaysThatTheLawLeavesOpenAsConfigured() {
    List<LocalDate> open =
        Stream.of("2026-06-05", "2026-12-24", "2026-12-31", "2026-05-01", "2026-05-15")
            .map(LocalDate::parse)
            .toList();
    ClosingDays all = new ClosingDays(true, true, true, true, true, Set.of(), Set.of());

    assertThat(open)
        .filteredOn(calendar::isWorkingDay)
        .containsExactlyElementsOf(open.subList(3, 5));
    assertThat(open).allMatch(new DanishCalendar(NONE)::isWorkingDay);
    assertThat(open).noneMatch(new DanishCalendar(all)::isWorkingDay);
  }

  @Test
  void closesOwnDatesAndOwnDaysOfEveryYear() {
    DanishCalendar own =
        new DanishCalendar(
            new ClosingDays(
                false,
                false,
                false,
                false,
                false,
                Set.of(LocalDate.of(2026, 10, 14)),
                Set.of(MonthDay.of(12, 23))));

    assertThat(own.isWorkingDay(LocalDate.of(2026, 10, 14))).isFalse();
    assertThat(own.isWorkingDay(LocalDate.of(2027, 10, 14))).isTrue();
    assertThat(own.isWorkingDay(LocalDate.of(2026, 12, 23))).isFalse();
    assertThat(own.isWorkingDay(LocalDate.of(2027, 12, 23))).isFalse();
  }

  @Test
  void countsWorkingDays() {
    assertThat(calendar.nextWorkingDay(LocalDate.of(2026, 4, 2))).isEqualTo("2026-04-07");
    assertThat(calendar.nextWorkingDay(LocalDate.of(2026, 4, 7))).isEqualTo("2026-04-07");
    assertThat(calendar.plusWorkingDays(LocalDate.of(2026, 4, 1), 1)).isEqualTo("2026-04-07");
    assertThat(calendar.plusWorkingDays(LocalDate.of(2026, 4, 1), 0)).isEqualTo("2026-04-01");
  }

  private static Stream<LocalDate> days(int firstYear, int lastYear) {
    return LocalDate.of(firstYear, 1, 1).datesUntil(LocalDate.of(lastYear + 1, 1, 1));
  }
}
