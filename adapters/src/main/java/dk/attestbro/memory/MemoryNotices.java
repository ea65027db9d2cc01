package dk.attestbro.memory;

import dk.attestbro.model.Notice;
import dk.attestbro.port.Change;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The notices in memory, written with the records that they are part of. Thread-safe. */
final class MemoryNotices implements Notices {
  private final Map<UUID, Row> rows = new HashMap<>();

  /** As the table has it. */
  private record Row(
      Notice notice,
      int waiting,
      int telling,
      Instant since,
      int attempts,
      Instant dueAt,
      Optional<Instant> toldAt,
      int version) {

    Row plus(Notice more, int count) {
      Instant earliest =
          toldAt.map(told -> told.plus(more.every().orElseThrow())).orElse(more.at());
      return waiting == 0
          ? new Row(
              more,
              count,
              telling,
              more.at(),
              attempts,
              more.at().isAfter(earliest) ? more.at() : earliest,
              toldAt,
              version)
          : new Row(more, waiting + count, telling, since, attempts, dueAt, toldAt, version);
    }

    Row claimed(Instant leaseUntil) {
      return new Row(
          notice,
          waiting,
          telling == 0 ? waiting : telling,
          since,
          attempts + 1,
          leaseUntil,
          toldAt,
          version + 1);
    }

    Row ended(Instant at) {
      return new Row(
          notice,
          waiting - telling,
          0,
          at,
          0,
          at.plus(notice.every().orElse(Duration.ZERO)),
          Optional.of(at),
          version + 1);
    }

    Row dueAgain(Instant at) {
      return new Row(notice, waiting, telling, since, attempts, at, toldAt, version + 1);
    }

    DueNotice due() {
      return new DueNotice(notice, telling, since, attempts, version);
    }
  }

  synchronized void add(Change.AddNotice add, Deque<Runnable> undo) {
    Notice notice = add.notice();
    Optional<Row> before = Optional.ofNullable(rows.get(notice.id()));
    if (before.isEmpty()) {
      rows.put(
          notice.id(),
          new Row(notice, add.count(), 0, notice.at(), 0, notice.at(), Optional.empty(), 1));
    } else if (before.get().notice().every().isPresent()) {
      rows.put(notice.id(), before.get().plus(notice, add.count()));
    }
    undo.push(() -> restore(notice.id(), before));
  }

  private synchronized void restore(UUID id, Optional<Row> before) {
    before.ifPresentOrElse(row -> rows.put(id, row), () -> rows.remove(id));
  }

  @Override
  public synchronized Optional<DueNotice> claim(Instant now, Instant leaseUntil) {
    Optional<Row> due =
        rows.values().stream()
            .filter(row -> row.waiting() > 0 && !row.dueAt().isAfter(now))
            .min(
                Comparator.comparing(Row::dueAt).thenComparing(row -> row.notice().id().toString()))
            .map(row -> row.claimed(leaseUntil));
    due.ifPresent(row -> rows.put(row.notice().id(), row));
    return due.map(Row::due);
  }

  @Override
  public synchronized boolean end(DueNotice claimed, Instant at) {
    Optional<Row> row = held(claimed);
    row.ifPresent(held -> rows.put(held.notice().id(), held.ended(at)));
    return row.isPresent();
  }

  @Override
  public synchronized boolean again(DueNotice claimed, Instant dueAt) {
    Optional<Row> row = held(claimed);
    row.ifPresent(held -> rows.put(held.notice().id(), held.dueAgain(dueAt)));
    return row.isPresent();
  }

  private Optional<Row> held(DueNotice claimed) {
    return Optional.ofNullable(rows.get(claimed.notice().id()))
        .filter(row -> row.version() == claimed.version());
  }

  @Override
  public synchronized int deleteToldBefore(Instant time) {
    int before = rows.size();
    rows.values()
        .removeIf(row -> row.waiting() == 0 && row.toldAt().filter(time::isAfter).isPresent());
    return before - rows.size();
  }
}
