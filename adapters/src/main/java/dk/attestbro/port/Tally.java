package dk.attestbro.port;

import dk.attestbro.model.CaseFact;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules of counting: what each fact adds to which figure. */
public final class Tally {
  /** What is counted. */
  public enum Count {
    REQUESTS,
    /** Requests that are proven received. */
    DELIVERED,
    /** Of these: requests in whose cases operations had to act upon no letter. */
    DELIVERED_WITHOUT_MANUAL_STEP,
    REPLIES,
    ON_TIME,
    LATE,
    OPEN_OVERDUE,
    /** Late and open overdue: what the share of lateness is of all due. */
    LATE_OR_OVERDUE,
    OPEN_NOT_DUE,
    /** Replies and open overdue. */
    DUE,
    /** Replies, open overdue and open not due: what reminders are counted of. */
    CASES,
    REMINDERS,
    INTERIM_REPLIES,
    QUESTIONS,
    RETURNED,
    CANCELLED,
    CONSENT_ENDED,
    /** Replies, returned, cancelled and ended with the consent. */
    CONCLUDED,
    DISCHARGE_NOTICES,
    NOTICED_BEFORE_DISCHARGE,
    NOTICED_ON_OR_AFTER_DISCHARGE,
    WITHOUT_MENTOR_OUTCOME
  }

  /** What is measured, and has a middle. */
  public enum Measure {
    DAYS_TO_REPLY,
    NET_DAYS_TO_REPLY,
    DAYS_LATE,
    DAYS_FROM_CASE_START_TO_REQUEST,
    SECONDS_TO_ACKNOWLEDGEMENT
  }

  private final long[] counts = new long[Count.values().length];
  private final List<Histogram> measures =
      Stream.of(Measure.values()).map(any -> new Histogram()).toList();
  private final SortedMap<String, Long> returned = new TreeMap<>();
  private final SortedMap<String, Long> outcomes = new TreeMap<>();

  /** So many requests opened in the period, with the seconds to their proven receipt. */
  public void requests(Optional<Long> acknowledgementSeconds, long n) {
    add(Count.REQUESTS, n);
    acknowledgementSeconds.ifPresent(
        seconds -> {
          add(Count.DELIVERED, n);
          add(Count.DELIVERED_WITHOUT_MANUAL_STEP, n);
          measured(Measure.SECONDS_TO_ACKNOWLEDGEMENT).add(seconds, n);
        });
  }

  /** Of the requests opened in the period and proven received: so many took a manual step. */
  public void tookManualStep(long n) {
    add(Count.DELIVERED_WITHOUT_MANUAL_STEP, -n);
  }

  /** Of requests opened in the period: so many came this long after the citizen's case began. */
  public void requestedAfter(long days, long n) {
    measured(Measure.DAYS_FROM_CASE_START_TO_REQUEST).add(days, n);
  }

  /** So many replied cases whose place is in the period. */
  public void replied(Optional<Long> replyDays, long pausedDays, long daysLate, long n) {
    add(Count.CASES, n);
    add(Count.REPLIES, n);
    add(Count.DUE, n);
    add(Count.CONCLUDED, n);
    add(daysLate > 0 ? Count.LATE : Count.ON_TIME, n);
    late(daysLate, n);
    replyDays.ifPresent(
        days -> {
          measured(Measure.DAYS_TO_REPLY).add(days, n);
          measured(Measure.NET_DAYS_TO_REPLY).add(Math.max(0, days - pausedDays), n);
        });
  }

  /** So many open cases whose due day is in the period. */
  public void open(long daysLate, long n) {
    add(Count.CASES, n);
    if (daysLate > 0) {
      add(Count.OPEN_OVERDUE, n);
      add(Count.DUE, n);
      late(daysLate, n);
    } else {
      add(Count.OPEN_NOT_DUE, n);
    }
  }

  /** What was written between the parties in cases that are replied or open. */
  public void followedUp(long reminders, long interimReplies, long questions) {
    add(Count.REMINDERS, reminders);
    add(Count.INTERIM_REPLIES, interimReplies);
    add(Count.QUESTIONS, questions);
  }

  /** So many cases that ended in the period without a reply. */
  public void ended(String reason, long n) {
    add(Count.CONCLUDED, n);
    switch (reason) {
      case CaseFact.CANCELLED -> add(Count.CANCELLED, n);
      case CaseFact.CONSENT_WITHDRAWN, CaseFact.CONSENT_LAPSED -> add(Count.CONSENT_ENDED, n);
      default -> {
        add(Count.RETURNED, n);
        returned.merge(reason, n, Long::sum);
      }
    }
  }

  /** So many notices of discharge given in the period. */
  public void noticed(boolean beforeDischarge, Optional<String> outcome, long n) {
    add(Count.DISCHARGE_NOTICES, n);
    add(beforeDischarge ? Count.NOTICED_BEFORE_DISCHARGE : Count.NOTICED_ON_OR_AFTER_DISCHARGE, n);
    outcome.ifPresentOrElse(
        code -> outcomes.merge(code, n, Long::sum), () -> add(Count.WITHOUT_MENTOR_OUTCOME, n));
  }

  /** Counts all that another tally has counted. */
  public void addAll(Tally other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    for (int i = 0; i < measures.size(); i++) {
      measures.get(i).addAll(other.measures.get(i));
    }
    other.returned.forEach((reason, n) -> returned.merge(reason, n, Long::sum));
    other.outcomes.forEach((code, n) -> outcomes.merge(code, n, Long::sum));
  }

  public long count(Count what) {
    return counts[what.ordinal()];
  }

  public Histogram measured(Measure what) {
    return measures.get(what.ordinal());
  }

  /** The returned cases by the code of their reason. */
  public SortedMap<String, Long> returned() {
    return Collections.unmodifiableSortedMap(returned);
  }

  /** The notices by what became of the offer of a mentor. */
  public SortedMap<String, Long> outcomes() {
    return Collections.unmodifiableSortedMap(outcomes);
  }

  private void late(long daysLate, long n) {
    if (daysLate > 0) {
      add(Count.LATE_OR_OVERDUE, n);
      measured(Measure.DAYS_LATE).add(daysLate, n);
    }
  }

  private void add(Count what, long n) {
    counts[what.ordinal()] += n;
  }
}
