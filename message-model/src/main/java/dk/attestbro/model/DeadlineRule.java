package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When a reply is due, as data: one or more limits, of which the earliest wins. The day of the
 * event is not counted; the last day ends at midnight Europe/Copenhagen, and moves to the next
 * working day only where {@code rollForward} says so. Both dates of the validity are included.
 * {@code ownDefault} marks a rule that no source gives and that we chose.
 */
public record DeadlineRule(
    String id,
    int version,
    List<Limit> limits,
    boolean rollForward,
    boolean ownDefault,
    LocalDate validFrom,
    Optional<LocalDate> validTo) {
  /** The zone in which dates are meant. */
  public static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

  public DeadlineRule {
    limits = List.copyOf(limits);
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("a deadline rule has at least one limit");
    }
    if (version < 1) {
      throw new IllegalArgumentException("the version of a deadline rule begins at 1");
    }
    if (validTo.map(validFrom::isAfter).orElse(false)) {
      throw new IllegalArgumentException("a deadline rule ends before it begins");
    }
  }

  /** What sets a limit going. */
  public enum StartEvent {
    /** The request left its sender. */
    SENT,
    /** The responder's positive acknowledgement of the request: the proven receipt. */
    RECEIVED,
    /** The citizen was seen. */
    CONSULTATION,
    /** The date that the requester set. */
    SET_DATE
  }

  /** What a limit counts. */
  public enum Unit {
    CALENDAR_DAYS,
    WORKING_DAYS,
    /** The same day of a later month, or that month's last day where it is shorter. */
    MONTHS
  }

  /**
   * So many days or months after an event. A limit with {@code unless} counts only as long as that
   * other event has not happened: LÆ285 has 14 days from dispatch unless a date is set.
   */
  public record Limit(StartEvent start, int length, Unit unit, Optional<StartEvent> unless) {
    /** The longest limit, in its unit: ten years of days. */
    public static final int LONGEST = 3653;

    public Limit {
      if (length < 0 || length > LONGEST) {
        throw new IllegalArgumentException("the length of a limit is 0 to " + LONGEST);
      }
    }

    /** A limit that counts whenever its event has happened. */
    public Limit(StartEvent start, int length, Unit unit) {
      this(start, length, unit, Optional.empty());
    }

    private Optional<LocalDate> lastDay(
        Map<StartEvent, LocalDate> starts, List<Pause> pauses, WorkCalendar calendar) {
      if (unless.filter(starts::containsKey).isPresent()) {
        return Optional.empty();
      }
      return Optional.ofNullable(starts.get(start)).map(day -> lastDay(day, pauses, calendar));
    }

    private LocalDate lastDay(LocalDate from, List<Pause> pauses, WorkCalendar calendar) {
      LocalDate day = counted(from, pauses, calendar);
      Predicate<LocalDate> counts =
          unit == Unit.WORKING_DAYS ? calendar::isWorkingDay : any -> true;
      // A length of 0 is the day that was set: it stays.
      return length == 0 ? day : Pause.afterPausesOn(day, counts, pauses);
    }

    private LocalDate counted(LocalDate from, List<Pause> pauses, WorkCalendar calendar) {
      return switch (unit) {
        case CALENDAR_DAYS -> Pause.daysAfter(from, length, day -> true, pauses);
        case WORKING_DAYS -> Pause.daysAfter(from, length, calendar::isWorkingDay, pauses);
        case MONTHS -> {
          LocalDate unpaused = from.plusMonths(length);
          int lost = Pause.pausedDays(from, unpaused, pauses);
          yield Pause.daysAfter(unpaused, lost, day -> true, pauses);
        }
      };
    }
  }

  /** The id and version as a case stores it, for example {@code LAE125-14D/1}. */
  public String reference() {
    return id + "/" + version;
  }

  /** The Danish day on which this happened. */
  public static LocalDate day(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }

  public boolean isValidOn(LocalDate date) {
    return !date.isBefore(validFrom) && validTo.map(to -> !date.isAfter(to)).orElse(true);
  }

  /** Whether a limit starts at this event. */
  public boolean startsAt(StartEvent event) {
    return limits.stream().anyMatch(limit -> limit.start() == event);
  }

  /**
   * The last day on which the reply is in time: that of the earliest limit. Paused days after a
   * limit's start move its last day by as many days of its unit (by calendar days where it counts
   * months).
   *
   * @param starts the Danish days of the events that have happened
   * @return empty where no limit's event has happened
   */
  public Optional<LocalDate> due(
      Map<StartEvent, LocalDate> starts, List<Pause> pauses, WorkCalendar calendar) {
    return limits.stream()
        .flatMap(limit -> limit.lastDay(starts, pauses, calendar).stream())
        .min(Comparator.naturalOrder())
        .map(day -> rollForward ? calendar.nextWorkingDay(day) : day);
  }

  /** Of these rules the one in force on that day: the valid one that began last. */
  public static Optional<DeadlineRule> inForce(List<DeadlineRule> rules, LocalDate day) {
    return rules.stream().filter(rule -> rule.isValidOn(day)).max(NEWEST);
  }

  /** The one that began last; of two that began together the one with the higher version. */
  static final Comparator<DeadlineRule> NEWEST =
      Comparator.comparing(DeadlineRule::validFrom).thenComparing(DeadlineRule::version);
}
