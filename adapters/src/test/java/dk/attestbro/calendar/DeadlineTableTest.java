package dk.attestbro.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.ClosingDays;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.DeadlineRule.Limit;
import dk.attestbro.model.DeadlineRule.StartEvent;
import dk.attestbro.model.DeadlineRule.Unit;
import dk.attestbro.model.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code deadlines.tsv}: the deadlines that were counted by hand, row by row. */
class DeadlineTableTest {
  private static final Pattern LIMIT =
      Pattern.compile("(\\d+) ([a-z ]+) after ([a-z ]+?)(?: unless ([a-z ]+))?");

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theDeadlineIsTheOneThatWasCountedByHand(Row row) {
    DanishCalendar calendar = new DanishCalendar(closed(row.closed()));

    Optional<LocalDate> due = rule(row).due(starts(row.started()), pauses(row.paused()), calendar);

    assertThat(due.map(LocalDate::toString).orElse("none")).as("%s", row).isEqualTo(row.due());
  }

  @Test
  void theTableHasAtLeastSixtyRowsAndEachItsOwnName() {
    assertThat(rows().map(Row::name)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(60);
  }

  private record Row(
      String name,
      String rule,
      String roll,
      String closed,
      String started,
      String paused,
      String due,
      String why) {}

  private static Stream<Row> rows() {
    try (InputStream table = DeadlineTableTest.class.getResourceAsStream("deadlines.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(c -> new Row(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static DeadlineRule rule(Row row) {
    return new DeadlineRule(
        "TABLE",
        1,
        Stream.of(row.rule().split(" or ", -1)).map(DeadlineTableTest::limit).toList(),
        row.roll().equals("yes"),
        false,
        LocalDate.of(2023, 1, 1),
        Optional.empty());
  }

  private static Limit limit(String words) {
    Matcher matcher = LIMIT.matcher(words);
    assertThat(matcher.matches()).as(words).isTrue();
    Unit unit =
        switch (matcher.group(2)) {
          case "days" -> Unit.CALENDAR_DAYS;
          case "working days" -> Unit.WORKING_DAYS;
          case "months" -> Unit.MONTHS;
          default -> throw new IllegalStateException(words);
        };
    return new Limit(
        event(matcher.group(3)),
        Integer.parseInt(matcher.group(1)),
        unit,
        Optional.ofNullable(matcher.group(4)).map(DeadlineTableTest::event));
  }

  private static StartEvent event(String words) {
    return StartEvent.valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  private static Map<StartEvent, LocalDate> starts(String words) {
    Map<StartEvent, LocalDate> starts = new EnumMap<>(StartEvent.class);
    for (String start : words.split(", ", -1)) {
      int blank = start.lastIndexOf(' ');
      String when = start.substring(blank + 1);
      starts.put(
          event(start.substring(0, blank)),
          when.endsWith("Z") ? DeadlineRule.day(Instant.parse(when)) : LocalDate.parse(when));
    }
    return starts;
  }

  private static List<Pause> pauses(String words) {
    return words.equals("-")
        ? List.of()
        : Stream.of(words.split(", ", -1))
            .map(pause -> pause.split("\\.\\.", -1))
            .map(days -> new Pause(LocalDate.parse(days[0]), LocalDate.parse(days[1])))
            .toList();
  }

  private static ClosingDays closed(String words) {
    boolean usual = words.startsWith("usual");
    Set<LocalDate> dates = new HashSet<>();
    Set<MonthDay> everyYear = new HashSet<>();
    boolean ascensionFriday = false;
    for (String own : words.split(", ", -1)) {
      if (own.length() == "2026-05-15".length() && own.startsWith("2")) {
        dates.add(LocalDate.parse(own));
      } else if (own.length() == "05-01".length() && own.contains("-")) {
        everyYear.add(MonthDay.parse("--" + own));
      } else if (own.equals("ascension friday")) {
        ascensionFriday = true;
      } else {
        assertThat(own).isIn("usual", "none");
      }
    }
    return new ClosingDays(usual, usual, usual, false, ascensionFriday, dates, everyYear);
  }
}
