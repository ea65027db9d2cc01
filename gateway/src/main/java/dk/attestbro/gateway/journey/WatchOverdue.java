package dk.attestbro.gateway.journey;

import dk.attestbro.gateway.journey.WatchConditions.Condition;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsUnavailable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** How many replies are overdue: once a day, in figures only. */
public final class WatchOverdue implements WatchConditions.Watch {
  private static final int HOUR = 7;
  private static final int BATCH = 500;

  private final Records records;
  private Optional<LocalDate> counted = Optional.empty();

  public WatchOverdue(Records records) {
    this.records = records;
  }

  @Override
  public synchronized List<Condition> look(Instant now) {
    LocalDate today = DeadlineRule.day(now);
    boolean early = now.atZone(DeadlineRule.ZONE).getHour() < HOUR;
    if (early || counted.filter(today::equals).isPresent()) {
      return List.of();
    }
    try {
      List<Condition> found = count(today);
      counted = Optional.of(today);
      return found;
    } catch (RecordsUnavailable later) {
      // Counted at the next look.
      return List.of();
    }
  }

  private List<Condition> count(LocalDate today) {
    int overdue = 0;
    long longest = 0;
    Optional<CaseId> after = Optional.empty();
    List<CertificateCase> batch;
    do {
      batch = records.casesToFollowUp(today.minusDays(1), today, after, BATCH);
      for (CertificateCase open : batch) {
        after = Optional.of(open.id());
        Optional<LocalDate> due = dueBefore(open, today);
        overdue += due.isPresent() ? 1 : 0;
        longest = Math.max(longest, due.map(day -> ChronoUnit.DAYS.between(day, today)).orElse(0L));
      }
    } while (batch.size() == BATCH);
    return overdue == 0
        ? List.of()
        : List.of(
            new Condition(
                TimelineCode.REPLIES_OVERDUE,
                today.toString(),
                "overdue=" + overdue + " longest-days=" + longest));
  }

  /** A lapsed consent is looked for with them, and is no overdue reply. */
  private static Optional<LocalDate> dueBefore(CertificateCase open, LocalDate today) {
    return open.deadline().state() == Deadline.State.RUNNING
        ? open.deadline().due().filter(today::isAfter)
        : Optional.empty();
  }
}
