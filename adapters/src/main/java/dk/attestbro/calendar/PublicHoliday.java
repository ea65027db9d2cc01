package dk.attestbro.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Objects;

/** One rule of {@code public-holidays.tsv}: on which day of a year the holiday falls. */
record PublicHoliday(String name, String when, int lastYear) {
  private static final String EASTER = "easter";

  /** All of them. */
  static final List<PublicHoliday> ALL = read();

  boolean isOn(LocalDate day) {
    return day.getYear() <= lastYear && day.equals(in(day.getYear()));
  }

  private LocalDate in(int year) {
    return when.startsWith(EASTER)
        ? Easter.sunday(year).plusDays(Integer.parseInt(when.substring(EASTER.length())))
        : MonthDay.parse("--" + when).atYear(year);
  }

  private static List<PublicHoliday> read() {
    try (InputStream rules =
        Objects.requireNonNull(PublicHoliday.class.getResourceAsStream("public-holidays.tsv"))) {
      return new String(rules.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(PublicHoliday::of)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static PublicHoliday of(String[] columns) {
    int lastYear = columns.length > 2 ? Integer.parseInt(columns[2]) : Integer.MAX_VALUE;
    return new PublicHoliday(columns[0], columns[1], lastYear);
  }
}
