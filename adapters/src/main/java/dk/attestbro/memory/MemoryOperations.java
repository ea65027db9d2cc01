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

/** What operations look at, out of records in memory. */
public final class MemoryOperations implements OperationsRecords {
  private static final Comparator<LetterLine> BY_TIME =
      Comparator.comparing(LetterLine::receivedAt)
          .thenComparing(line -> line.ref().id().value())
          .thenComparing(line -> line.ref().sender());
  private static final Comparator<CertificateCase> BY_OPENING =
      Comparator.comparing(CertificateCase::openedAt)
          .thenComparing(opened -> opened.id().toString());

  private final MemoryRecords records;

  public MemoryOperations(MemoryRecords records) {
    this.records = records;
  }

  @Override
  public List<LetterLine> letters(LetterQuery query) {
    return records.allLetters().stream()
        .filter(letter -> isWanted(letter, query))
        .map(this::line)
        .filter(line -> query.after().map(seen -> isBehind(line, seen)).orElse(true))
        .sorted(BY_TIME.reversed())
        .limit(query.limit())
        .toList();
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

  private static boolean isBehind(LetterLine line, LetterQuery.Cursor seen) {
    return Comparator.comparing(LetterQuery.Cursor::receivedAt)
            .thenComparing(cursor -> cursor.id().value())
            .thenComparing(LetterQuery.Cursor::sender)
            .compare(line.cursor(), seen)
        < 0;
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
        records
            .row(letter.ref())
            .map(row -> new LetterLine.Waiting(row.phase(), row.dueAt(), row.lastReason())));
  }

  @Override
  public List<CertificateCase> cases(CaseSearch search) {
    return records.allCases().stream()
        .filter(found -> isWanted(found, search))
        .filter(
            found ->
                search
                    .after()
                    .map(
                        seen ->
                            found.openedAt().isBefore(seen.openedAt())
                                || (found.openedAt().equals(seen.openedAt())
                                    && found.id().toString().compareTo(seen.id().toString()) < 0))
                    .orElse(true))
        .sorted(BY_OPENING.reversed())
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
