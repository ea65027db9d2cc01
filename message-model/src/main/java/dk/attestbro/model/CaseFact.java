package dk.attestbro.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The figures of a case as they stand from {@code at} on: who asked whom, when, and how it went.
 * Never the citizen, never a text; it outlives the content of the case. Days are days in
 * Europe/Copenhagen.
 *
 * @param receivedAt when the request was proven received
 * @param repliedAt when a valid reply was given
 * @param endedAt when the case ended
 * @param endReason why it ended without a reply, empty where it did not: a reason of return, {@link
 *     #CANCELLED}, {@link #CONSENT_WITHDRAWN} or {@link #CONSENT_LAPSED}
 * @param pausedDays whole days that the deadline stood still
 * @param caseStartedOn when the citizen's case began at the requester
 */
public record CaseFact(
    CaseId caseId,
    String form,
    PartyId requester,
    String municipality,
    PartyId unit,
    String region,
    CertificateCase.State state,
    Instant openedAt,
    Optional<Instant> receivedAt,
    Optional<LocalDate> due,
    Optional<Instant> repliedAt,
    Optional<Instant> endedAt,
    String endReason,
    int pausedDays,
    int reminders,
    int interimReplies,
    int questions,
    Optional<LocalDate> caseStartedOn,
    Instant at) {
  /** Ended by the requester. */
  public static final String CANCELLED = "CANCELLED";

  /** Ended because the consent was taken back. */
  public static final String CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN";

  /** Ended because the consent ran out. */
  public static final String CONSENT_LAPSED = "CONSENT_LAPSED";

  /** Up to so many seconds an acknowledgement is timed to the second, above to the minute. */
  private static final long TO_THE_SECOND = 600;

  private static final long MINUTE = 60;

  public CaseFact {
    if (endedAt.isEmpty() && !endReason.isEmpty()) {
      throw new IllegalArgumentException("an end with a reason has a time");
    }
  }

  /** Whether it ended without a reply, and so has left what lateness is counted of. */
  public boolean hasLeft() {
    return !endReason.isEmpty();
  }

  /** Where it stands in the figures of lateness: its due day, without one the day of the reply. */
  public Optional<LocalDate> placedOn() {
    return due.or(this::repliedOn);
  }

  public LocalDate openedOn() {
    return day(openedAt);
  }

  public Optional<LocalDate> endedOn() {
    return endedAt.map(CaseFact::day);
  }

  /** Whole days from the proven receipt to the reply, pauses included. */
  public Optional<Long> replyDays() {
    return receivedAt.flatMap(
        received -> repliedOn().map(replied -> ChronoUnit.DAYS.between(day(received), replied)));
  }

  /** Days past the due day: of the reply, else of this day; 0 where in time. */
  public long daysLate(LocalDate today) {
    return due.map(day -> Math.max(0, ChronoUnit.DAYS.between(day, repliedOn().orElse(today))))
        .orElse(0L);
  }

  /** Whole days from the beginning of the citizen's case to the request. */
  public Optional<Long> requestDays() {
    return caseStartedOn.map(start -> ChronoUnit.DAYS.between(start, openedOn()));
  }

  /** Seconds from the request to its proven receipt; above ten minutes in whole minutes. */
  public Optional<Long> acknowledgementSeconds() {
    return receivedAt
        .map(received -> Math.max(0, Duration.between(openedAt, received).toSeconds()))
        .map(seconds -> seconds < TO_THE_SECOND ? seconds : seconds / MINUTE * MINUTE);
  }

  /** The same figures, standing from another time on. */
  public CaseFact at(Instant other) {
    return new CaseFact(
        caseId,
        form,
        requester,
        municipality,
        unit,
        region,
        state,
        openedAt,
        receivedAt,
        due,
        repliedAt,
        endedAt,
        endReason,
        pausedDays,
        reminders,
        interimReplies,
        questions,
        caseStartedOn,
        other);
  }

  private Optional<LocalDate> repliedOn() {
    return repliedAt.map(CaseFact::day);
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(DeadlineRule.ZONE).toLocalDate();
  }
}
