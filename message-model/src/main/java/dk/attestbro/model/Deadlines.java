package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the deadline follows from where the case stands. The last day is counted anew only where what
 * it is counted from has changed: a later change of the calendar moves no date that was told.
 */
final class Deadlines {
  private Deadlines() {}

  /** The deadline of a case that has just been opened. */
  static Deadline first(CaseOpening opening, CaseStanding standing, WorkCalendar calendar) {
    return deadline(opening, standing, lastDay(opening, Counted.from(opening, standing), calendar));
  }

  /** The deadline after the case has moved. */
  static Deadline moved(
      Deadline before,
      CaseOpening opening,
      CaseStanding from,
      CaseStanding to,
      WorkCalendar calendar) {
    Counted now = Counted.from(opening, to);
    return deadline(
        opening,
        to,
        now.equals(Counted.from(opening, from)) ? before.due() : lastDay(opening, now, calendar));
  }

  /** What the last day is counted from. */
  private record Counted(
      Map<DeadlineRule.StartEvent, LocalDate> starts,
      List<Pause> pauses,
      Optional<LocalDate> agreedBy) {
    static Counted from(CaseOpening opening, CaseStanding standing) {
      Map<DeadlineRule.StartEvent, LocalDate> starts = new EnumMap<>(DeadlineRule.StartEvent.class);
      starts.put(DeadlineRule.StartEvent.SENT, DeadlineRule.day(opening.openedAt()));
      standing
          .receivedAt()
          .ifPresent(at -> starts.put(DeadlineRule.StartEvent.RECEIVED, DeadlineRule.day(at)));
      standing
          .consultation()
          .ifPresent(day -> starts.put(DeadlineRule.StartEvent.CONSULTATION, day));
      opening.setDate().ifPresent(day -> starts.put(DeadlineRule.StartEvent.SET_DATE, day));
      return new Counted(starts, standing.pauses(), standing.agreedBy());
    }
  }

  /** The day that the requester accepted, or the one by the rule where that is later. */
  private static Optional<LocalDate> lastDay(
      CaseOpening opening, Counted counted, WorkCalendar calendar) {
    return Stream.concat(
            counted.agreedBy().stream(),
            opening.rule().due(counted.starts(), counted.pauses(), calendar).stream())
        .max(Comparator.naturalOrder());
  }

  private static Deadline deadline(
      CaseOpening opening, CaseStanding standing, Optional<LocalDate> due) {
    return new Deadline(state(standing, due), opening.rule().reference(), due);
  }

  private static Deadline.State state(CaseStanding standing, Optional<LocalDate> due) {
    if (standing.state().isEndedWithoutReply() && standing.repliedAt().isEmpty()) {
      return Deadline.State.VOID;
    }
    if (standing.repliedAt().isPresent()) {
      return isOver(due, DeadlineRule.day(standing.repliedAt().get()))
          ? Deadline.State.MISSED
          : Deadline.State.MET;
    }
    if (due.isEmpty()) {
      return Deadline.State.NOT_STARTED;
    }
    return standing.pausedFrom().filter(day -> !isOver(due, day)).isPresent()
        ? Deadline.State.PAUSED
        : Deadline.State.RUNNING;
  }

  private static boolean isOver(Optional<LocalDate> due, LocalDate day) {
    return due.filter(day::isAfter).isPresent();
  }
}
