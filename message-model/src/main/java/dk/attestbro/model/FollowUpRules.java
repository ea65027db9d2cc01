package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Optional;

/** What the gateway does by itself about an open case, and when: pure functions. */
public final class FollowUpRules {
  private FollowUpRules() {}

  /**
   * The step to take on this day: the last one whose day has come, unless it or a later one was
   * taken for this last day. What an outage has made obsolete is left out.
   */
  public static Optional<FollowUpStep> due(
      CertificateCase open, FollowUpSchedule schedule, WorkCalendar calendar, LocalDate today) {
    Optional<LocalDate> due = runsTo(open);
    if (due.isEmpty()) {
      return Optional.empty();
    }
    for (FollowUpStep step : FollowUpStep.latestFirst()) {
      if (isTaken(open, step, due.get())) {
        return Optional.empty();
      }
      if (step.isObsolete(due.get(), today)) {
        return Optional.empty();
      }
      if (step.day(due.get(), schedule, calendar).filter(day -> !day.isAfter(today)).isPresent()) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** Whether the consent's last day is over while the reply is still to come. */
  public static boolean hasLapsed(CertificateCase open, LocalDate today) {
    return open.state().isOpen()
        && open.opening().consentUntil().filter(today::isAfter).isPresent();
  }

  private static boolean isTaken(CertificateCase open, FollowUpStep step, LocalDate due) {
    return open.standing().followedUp().contains(step.codeFor(due));
  }

  /** The last day of a deadline that runs in a case that waits for its reply. */
  private static Optional<LocalDate> runsTo(CertificateCase open) {
    return open.state().isOpen() && open.deadline().state() == Deadline.State.RUNNING
        ? open.deadline().due()
        : Optional.empty();
  }
}
