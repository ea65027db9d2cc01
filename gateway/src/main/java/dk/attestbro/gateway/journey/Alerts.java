package dk.attestbro.gateway.journey;

import dk.attestbro.model.Notice;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.NoticeSending;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells operations of alarms by mail and webhook: of one topic one notice at once, and then one in
 * each {@code repeatAfter} with how many came. Alarms are gathered here and written by {@link
 * #write}, so that a storm of them costs one row; those of the last moment before a process is
 * killed stand in its log only.
 */
public final class Alerts {
  /** A topic of these is told once. */
  private static final Set<TimelineCode> ONCE =
      Set.of(TimelineCode.CERTIFICATE_ENDS, TimelineCode.REPLIES_OVERDUE);

  /** Each subject of these is a topic; of every other code all are one. */
  private static final Set<TimelineCode> BY_SUBJECT =
      Set.of(
          TimelineCode.CERTIFICATE_ENDS,
          TimelineCode.REPLIES_OVERDUE,
          TimelineCode.DISK_LOW,
          TimelineCode.BREAK_GLASS_ASKED);

  private final List<Recipient> to;
  private final Duration repeatAfter;
  private final Records records;
  private final NoticeSending sending;
  private final Clock clock;
  private final Map<String, Gathered> gathered = new HashMap<>();
  private Optional<Instant> toldPastRecords = Optional.empty();

  /** What came of one topic and is not written yet: the latest, and how many. */
  private record Gathered(TimelineCode code, String subject, String detail, Instant at, int count) {
    String topic() {
      return BY_SUBJECT.contains(code) ? code + " " + subject : code.name();
    }

    Gathered and(Gathered later) {
      return new Gathered(code, later.subject, later.detail, later.at, count + later.count);
    }
  }

  /**
   * @param to whom; empty: nobody is told
   * @param sending how to tell while the records cannot be reached
   */
  public Alerts(
      List<Recipient> to,
      Duration repeatAfter,
      Records records,
      NoticeSending sending,
      Clock clock) {
    this.to = List.copyOf(to);
    this.repeatAfter = repeatAfter;
    this.records = records;
    this.sending = sending;
    this.clock = clock;
  }

  /** Gathers an alarm. Waits for nothing and never fails. */
  public void gather(TimelineCode code, String subject, String detail) {
    if (!to.isEmpty()) {
      keep(List.of(new Gathered(code, subject, detail, clock.instant(), 1)));
    }
  }

  /**
   * Writes what was gathered, in one commit. Where the records cannot be reached it is kept for the
   * next time, and that they cannot be is told at once, past them.
   */
  public synchronized void write() {
    List<Gathered> alarms = taken();
    if (alarms.isEmpty()) {
      return;
    }
    try {
      if (records.commit(change(alarms)) != Commit.DONE) {
        keep(alarms);
      }
    } catch (RecordsUnavailable unavailable) {
      keep(alarms);
      tellPastRecords();
    } catch (RuntimeException unforeseen) {
      keep(alarms);
      throw unforeseen;
    }
  }

  private void keep(List<Gathered> alarms) {
    synchronized (gathered) {
      alarms.forEach(alarm -> gathered.merge(alarm.topic(), alarm, Gathered::and));
    }
  }

  private List<Gathered> taken() {
    synchronized (gathered) {
      List<Gathered> all = new ArrayList<>(gathered.values());
      gathered.clear();
      return all;
    }
  }

  private Change change(List<Gathered> alarms) {
    Change.Builder change = new Change.Builder();
    for (Gathered alarm : alarms) {
      to.forEach(
          recipient -> change.add(new Change.AddNotice(notice(alarm, recipient), alarm.count())));
    }
    return change.build();
  }

  private Notice notice(Gathered alarm, Recipient recipient) {
    return new Notice(
        Notice.Kind.ALERT,
        alarm.topic(),
        recipient,
        alarm.code().name(),
        Map.of("subject", alarm.subject(), "detail", alarm.detail()),
        alarm.at(),
        ONCE.contains(alarm.code()) ? Optional.empty() : Optional.of(repeatAfter));
  }

  /** Once in each {@code repeatAfter}, by each node: there is nothing that they share now. */
  private void tellPastRecords() {
    Instant now = clock.instant();
    if (toldPastRecords.filter(told -> now.isBefore(told.plus(repeatAfter))).isPresent()) {
      return;
    }
    toldPastRecords = Optional.of(now);
    Gathered alarm = new Gathered(TimelineCode.DATABASE_UNREACHABLE, "database", "", now, 1);
    to.forEach(recipient -> sending.send(new DueNotice(notice(alarm, recipient), 1, now, 1, 0)));
  }
}
