package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the gateway does by itself about a deadline, in this order. */
public enum FollowUpStep {
  /** A reminder before the last day, of kind {@code notice}. */
  NOTICE,
  /** The first reminder after it. */
  FIRST_REMINDER,
  /** The second. */
  SECOND_REMINDER,
  /** The contact of the agreement is told. */
  ESCALATION;

  /** The kind of the certificate-reminder that it sends; empty where it sends none. */
  public Optional<String> reminderKind() {
    return switch (this) {
      case NOTICE -> Optional.of("notice");
      case FIRST_REMINDER, SECOND_REMINDER -> Optional.of("reminder");
      case ESCALATION -> Optional.empty();
    };
  }

  /** How a turn records that it was taken: once for each last day. */
  public String codeFor(LocalDate due) {
    return name() + "/" + due;
  }

  /** Whether this is the code of a notice, which is no reminder of something late. */
  static boolean isNotice(String code) {
    return code.startsWith(NOTICE.name() + "/");
  }

  /** The day on which it is taken; empty where the schedule has it off. */
  Optional<LocalDate> day(LocalDate due, FollowUpSchedule schedule, WorkCalendar calendar) {
    return switch (this) {
      case NOTICE -> on(schedule.noticeDaysBefore(), due.minusDays(schedule.noticeDaysBefore()));
      case FIRST_REMINDER ->
          on(
              schedule.reminderWorkingDaysAfter(),
              calendar.plusWorkingDays(due, schedule.reminderWorkingDaysAfter()));
      case SECOND_REMINDER ->
          on(schedule.reminderDaysAfter(), due.plusDays(schedule.reminderDaysAfter()));
      case ESCALATION ->
          on(schedule.escalationDaysAfter(), due.plusDays(schedule.escalationDaysAfter()));
    };
  }

  /** Whether it would say nothing any more: a notice of a last day that is over. */
  boolean isObsolete(LocalDate due, LocalDate today) {
    return this == NOTICE && today.isAfter(due);
  }

  private static Optional<LocalDate> on(int days, LocalDate day) {
    return days > 0 ? Optional.of(day) : Optional.empty();
  }

  /** The steps from the last to the first. */
  static List<FollowUpStep> latestFirst() {
    return List.of(ESCALATION, SECOND_REMINDER, FIRST_REMINDER, NOTICE);
  }
}
