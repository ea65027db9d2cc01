package dk.attestbro.memory;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What operations look at, out of records in memory. */
public final class MemoryOperations implements OperationsRecords {
  private static final Comparator<LetterQuery.Cursor> BY_TIME =
      Comparator.comparing(LetterQuery.Cursor::receivedAt)
          .thenComparing(cursor -> cursor.id().value())
          .thenComparing(LetterQuery.Cursor::sender);
  private static final Comparator<CaseSearch.Cursor> BY_OPENING =
      Comparator.comparing(CaseSearch.Cursor::openedAt)
          .thenComparing(cursor -> cursor.id().toString());

  private final MemoryRecords records;

  public MemoryOperations(MemoryRecords records) {
    this.records = records;
  }

  @Override
  public List<LetterLine> letters(LetterQuery query) {
    LetterQuery.By by = query.order().by();
    Comparator<LetterQuery.Cursor> order =
        order(LetterQuery.Cursor::key, BY_TIME, query.order().descending());
    return records.allLetters().stream()
        .filter(letter -> isWanted(letter, query))
        .map(this::line)
        .filter(
            line ->
                query.after().map(seen -> order.compare(line.cursor(by), seen) > 0).orElse(true))
        .sorted(Comparator.comparing(line -> line.cursor(by), order))
        .limit(query.limit())
        .toList();
  }

  /** By the key and then by the rest, the same way round; what has no key comes last. */
  private static <C> Comparator<C> order(
      Function<C, Optional<String>> key, Comparator<C> rest, boolean descending) {
    Comparator<C> natural =
        Comparator.<C, String>comparing(cursor -> key.apply(cursor).orElse("")).thenComparing(rest);
    return Comparator.<C, Boolean>comparing(cursor -> key.apply(cursor).isEmpty())
        .thenComparing(descending ? natural.reversed() : natural);
  }

  private boolean isWanted(Letter letter, LetterQuery query) {
    return is(query.letter(), letter.ref().id())
        && query.bundle().map(bundle -> wentIn(letter, bundle)).orElse(true)
        && is(query.caseId(), letter.caseId())
        && query.party().map(party -> isBetween(letter, party)).orElse(true)
        && is(query.sender(), letter.ref().sender())
        && is(query.receiver(), letter.receiver())
        && is(query.event(), letter.event())
        && (query.statuses().isEmpty() || query.statuses().contains(letter.status()))
        && query.code().map(code -> tells(letter, code)).orElse(true)
        && query.from().map(from -> !letter.receivedAt().isBefore(from)).orElse(true)
        && query.to().map(letter.receivedAt()::isBefore).orElse(true)
        && query
            .citizen()
            .map(
                whom ->
                    letter
                        .caseId()
                        .flatMap(records::certificateCase)
                        .flatMap(known -> known.opening().citizen())
                        .filter(whom::equals)
                        .isPresent())
            .orElse(true);
  }

  private static <T> boolean is(Optional<T> wanted, T found) {
    return wanted.map(found::equals).orElse(true);
  }

  private static <T> boolean is(Optional<T> wanted, Optional<T> found) {
    return wanted.isEmpty() || wanted.equals(found);
  }

  private boolean wentIn(Letter letter, BundleId bundle) {
    return records.envelopesOf(letter.ref()).contains(bundle);
  }

  private static boolean isBetween(Letter letter, PartyId party) {
    return letter.ref().sender().equals(party) || letter.receiver().equals(Optional.of(party));
  }

  private boolean tells(Letter letter, String code) {
    return letter.problems().stream()
            .anyMatch(p -> p.reason().name().equals(code) || p.hint().equals(code))
        || records.row(letter.ref()).flatMap(OutboxRow::lastReason).equals(Optional.of(code));
  }

  private LetterLine line(Letter letter) {
    return new LetterLine(
        letter.ref(),
        letter.event(),
        letter.receiver(),
        letter.caseId(),
        letter.receivedAt(),
        letter.status(),
        letter.problems().stream().map(Problem::reason).map(Enum::name).distinct().toList(),
        letter.problems().stream()
            .map(Problem::hint)
            .filter(hint -> !hint.isEmpty())
            .distinct()
            .toList(),
        records
            .row(letter.ref())
            .map(row -> new LetterLine.Waiting(row.phase(), row.dueAt(), row.lastReason())));
  }

  @Override
  public List<CertificateCase> cases(CaseSearch search) {
    CaseSearch.By by = search.order().by();
    Comparator<CaseSearch.Cursor> order =
        order(CaseSearch.Cursor::key, BY_OPENING, search.order().descending());
    return records.allCases().stream()
        .filter(found -> isWanted(found, search))
        .filter(
            found ->
                search
                    .after()
                    .map(seen -> order.compare(CaseSearch.Cursor.behind(found, by), seen) > 0)
                    .orElse(true))
        .sorted(Comparator.comparing(found -> CaseSearch.Cursor.behind(found, by), order))
        .limit(search.limit())
        .toList();
  }

  private static boolean isWanted(CertificateCase found, CaseSearch search) {
    return search.party().map(found::isParty).orElse(true)
        && (search.turns().isEmpty() || search.turns().contains(found.turn()))
        && (search.states().isEmpty() || search.states().contains(found.state()))
        && search.overdueOn().map(day -> isOverdue(found, day)).orElse(true)
        && search.form().map(found.form()::equals).orElse(true)
        && search.from().map(from -> !found.openedAt().isBefore(from)).orElse(true)
        && search.to().map(found.openedAt()::isBefore).orElse(true);
  }

  private static boolean isOverdue(CertificateCase found, LocalDate day) {
    return found.state().isOpen()
        && found.deadline().state() == Deadline.State.RUNNING
        && found.deadline().due().filter(due -> due.isBefore(day)).isPresent();
  }

  @Override
  public LetterStates states(Instant now) {
    List<OutboxRow> rows = records.allRows();
    long recorded = rows.stream().filter(MemoryOperations::isNew).count();
    long inFlight =
        rows.stream()
            .filter(row -> row.phase() == OutboxRow.Phase.CLAIMED && row.dueAt().isAfter(now))
            .count();
    long awaiting = rows.stream().filter(r -> r.phase() == OutboxRow.Phase.AWAITING).count();
    return new LetterStates(
        recorded,
        rows.size() - recorded - inFlight - awaiting,
        inFlight,
        awaiting,
        records.allLetters().stream()
            .filter(letter -> letter.status() == LetterStatus.DEAD)
            .count());
  }

  private static boolean isNew(OutboxRow row) {
    return row.phase() == OutboxRow.Phase.TO_SEND
        && row.attempts() == 0
        && row.resends() == 0
        && row.lastReason().isEmpty();
  }

  @Override
  public long received(Instant from, Instant to) {
    return records.allLetters().stream()
        .filter(letter -> !letter.isAcknowledgement())
        .filter(letter -> !letter.receivedAt().isBefore(from) && letter.receivedAt().isBefore(to))
        .count();
  }

  @Override
  public List<QueueTraffic> traffic(Instant since) {
    Map<PartyId, QueueTraffic> found = new TreeMap<>();
    for (Transmission attempt : records.allTransmissions()) {
      if (!attempt.at().isBefore(since)) {
        boolean delivered = attempt.outcome() == Transmission.Outcome.DELIVERED;
        records
            .letter(attempt.letter())
            .flatMap(Letter::receiver)
            .ifPresent(
                party ->
                    found.merge(
                        party,
                        new QueueTraffic(party, delivered ? 1 : 0, delivered ? 0 : 1),
                        MemoryOperations::sum));
      }
    }
    return List.copyOf(found.values());
  }

  private static QueueTraffic sum(QueueTraffic one, QueueTraffic other) {
    return new QueueTraffic(
        one.party(), one.delivered() + other.delivered(), one.failed() + other.failed());
  }

  @Override
  public long size() {
    return 0;
  }
}
