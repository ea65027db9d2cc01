package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DaysTakenTest {
  private static final LocalDate START = LocalDate.of(2026, 11, 2);

  @Test
  void countsTheDayOfTheEndAndNotThatOfTheStart() {
    assertThat(DaysTaken.between(START, LocalDate.of(2026, 11, 16), List.of()))
        .isEqualTo(new DaysTaken(14, 14));
    assertThat(DaysTaken.between(START, START, List.of())).isEqualTo(new DaysTaken(0, 0));
    assertThat(DaysTaken.between(START, START.minusDays(1), List.of()))
        .isEqualTo(new DaysTaken(0, 0));
  }

  @Test
  void leavesPausedDaysOutOfTheNetDaysOnce() {
    List<Pause> overlapping =
        List.of(
            new Pause(LocalDate.of(2026, 11, 5), LocalDate.of(2026, 11, 9)),
            new Pause(LocalDate.of(2026, 11, 7), LocalDate.of(2026, 11, 11)));

    assertThat(DaysTaken.between(START, LocalDate.of(2026, 11, 16), overlapping))
        .isEqualTo(new DaysTaken(14, 8));
    assertThat(DaysTaken.between(START, LocalDate.of(2026, 11, 8), overlapping))
        .isEqualTo(new DaysTaken(6, 3));
  }

  @Test
  void countsLongPausesWithinTheTimeTakenOnly() {
    List<Pause> whole = List.of(new Pause(LocalDate.of(2026, 10, 1), LocalDate.of(2027, 1, 1)));

    assertThat(DaysTaken.between(START, LocalDate.of(2026, 11, 16), whole))
        .isEqualTo(new DaysTaken(14, 0));
  }
}
