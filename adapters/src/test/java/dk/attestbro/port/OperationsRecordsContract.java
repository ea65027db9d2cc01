package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.ODENSE;
import static dk.attestbro.port.RecordSamples.SYD;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.OperationsRecords.LetterStates;
import dk.attestbro.port.OperationsRecords.QueueTraffic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How every kind of {@link OperationsRecords} finds and counts. Empty records before each test. */
public abstract class OperationsRecordsContract {
  private static final Digest BRUNO = RecordSamples.digest("Bruno");

  protected abstract Records records();

  protected abstract OperationsRecords operations();

  @Test
  void listsLettersNewestFirstAndPageByPage() {
    Letter oldest = add(letter("b", AARHUS, NOW.minusSeconds(1), LetterStatus.SENT));
    Letter first = add(letter("a", AARHUS, NOW, LetterStatus.SENT));
    Letter second = add(letter("a", ODENSE, NOW, LetterStatus.SENT));
    Letter third = add(letter("c", AARHUS, NOW, LetterStatus.SENT));

    List<LetterLine> page = operations().letters(LetterQuery.newest(2));
    List<LetterLine> next =
        operations().letters(sorted(LetterQuery.NEWEST_FIRST, Optional.of(page.get(1)), 2));

    assertThat(page).extracting(LetterLine::ref).containsExactly(third.ref(), second.ref());
    assertThat(next).extracting(LetterLine::ref).containsExactly(first.ref(), oldest.ref());
  }

  @Test
  void showsOfALetterItsIdsPartiesCodesAndTimes() {
    CaseId id = CaseId.random();
    Letter dead =
        add(letter("a", AARHUS, NOW, LetterStatus.DEAD, Optional.of(id)).dead(never("HTTP_500")));
    Letter waiting = add(letter("b", AARHUS, NOW.minusSeconds(1), LetterStatus.QUEUED));
    OutboxRow row =
        RecordSamples.row(waiting.ref(), MIDT, NOW)
            .toRetry(NOW.plusSeconds(60), "CONNECT_FAILED", false);
    commit(new Change.AddRow(row));

    assertThat(operations().letters(LetterQuery.newest(10)))
        .containsExactly(
            new LetterLine(
                dead.ref(),
                EventCode.CERTIFICATE_REQUEST.code(),
                Optional.of(MIDT),
                Optional.of(id),
                NOW,
                LetterStatus.DEAD,
                List.of("NEVER_DELIVERED"),
                List.of("HTTP_500"),
                Optional.empty()),
            new LetterLine(
                waiting.ref(),
                EventCode.CERTIFICATE_REQUEST.code(),
                Optional.of(MIDT),
                Optional.empty(),
                NOW.minusSeconds(1),
                LetterStatus.QUEUED,
                List.of(),
                List.of(),
                Optional.of(
                    new LetterLine.Waiting(
                        OutboxRow.Phase.TO_SEND,
                        NOW.plusSeconds(60),
                        Optional.of("CONNECT_FAILED")))));
  }

  @Test
  void findsLettersByEachFilterAndByAllTogether() {
    CaseId id = CaseId.random();
    Letter wanted = letter("wanted", AARHUS, NOW, LetterStatus.DEAD, Optional.of(id));
    BundleId bundle = BundleId.random();
    commit(
        new Change.AddLetter(wanted.dead(never("HTTP_500"))),
        new Change.AddEnvelope(AARHUS, bundle, wanted.ref()),
        new Change.AddCase(
            RecordSamples.open(id, wanted.ref(), MIDT, NOW, Optional.of(BRUNO)),
            OptionalInt.of(1)));
    add(letter("other", ODENSE, NOW.minusSeconds(3600), LetterStatus.SENT));

    WantedLetters all = new WantedLetters();
    for (Filter one : filters(id, bundle)) {
      WantedLetters alone = new WantedLetters();
      one.change().accept(alone);
      one.change().accept(all);
      assertThat(operations().letters(alone.query()))
          .as(one.name())
          .extracting(LetterLine::ref)
          .containsExactly(wanted.ref());
    }
    assertThat(operations().letters(all.query())).hasSize(1);
    assertThat(operations().letters(all.query().about(RecordSamples.digest("another")))).isEmpty();
  }

  @Test
  void findsALetterByWhatItsLastAttemptFailedWith() {
    Letter retried = add(letter("a", AARHUS, NOW, LetterStatus.QUEUED));
    add(letter("b", AARHUS, NOW, LetterStatus.QUEUED));
    commit(
        new Change.AddRow(
            RecordSamples.row(retried.ref(), MIDT, NOW).toRetry(NOW, "TLS_FAILED", false)));

    assertThat(operations().letters(code("TLS_FAILED")))
        .extracting(LetterLine::ref)
        .containsExactly(retried.ref());
    assertThat(operations().letters(code("NO_SUCH_CODE"))).isEmpty();
  }

  @Test
  void listsTheCasesOfAllPartiesNewestFirst() {
    CertificateCase old = open(AARHUS, MIDT, NOW.minusSeconds(60));
    CertificateCase young = open(ODENSE, SYD, NOW);

    List<CertificateCase> page = operations().cases(CaseSearch.newest(1));
    assertThat(page).extracting(CertificateCase::id).containsExactly(young.id());
    assertThat(
            operations().cases(sortedCases(CaseSearch.NEWEST_FIRST, Optional.of(page.get(0)), 10)))
        .extracting(CertificateCase::id)
        .containsExactly(old.id());
  }

  @Test
  void sortsLettersByEachColumnBothWaysRoundWholeAndPageByPage() {
    add(letter("a", ODENSE, NOW, LetterStatus.SENT));
    add(letter("b", AARHUS, NOW.plusSeconds(1), LetterStatus.DEAD));
    add(letter("c", AARHUS, NOW.plusSeconds(1), LetterStatus.SENT));
    add(withoutReceiver("d", NOW));
    add(withoutReceiver("e", NOW.plusSeconds(2)));
    add(acknowledgement("f", NOW.plusSeconds(3)));

    assertThat(sortedLetters(LetterQuery.By.RECEIVED, false)).isEqualTo("adbcef");
    assertThat(sortedLetters(LetterQuery.By.RECEIVED, true)).isEqualTo("fecbda");
    assertThat(sortedLetters(LetterQuery.By.EVENT, false)).isEqualTo("fadbce");
    assertThat(sortedLetters(LetterQuery.By.EVENT, true)).isEqualTo("ecbdaf");
    assertThat(sortedLetters(LetterQuery.By.SENDER, false)).isEqualTo("dbcefa");
    assertThat(sortedLetters(LetterQuery.By.SENDER, true)).isEqualTo("afecbd");
    assertThat(sortedLetters(LetterQuery.By.RECEIVER, false)).isEqualTo("abcfde");
    assertThat(sortedLetters(LetterQuery.By.RECEIVER, true)).isEqualTo("fcbaed");
    assertThat(sortedLetters(LetterQuery.By.STATUS, false)).isEqualTo("bdeacf");
    assertThat(sortedLetters(LetterQuery.By.STATUS, true)).isEqualTo("fcaedb");
  }

  /** The ids in order, having claimed that any pages give the same. */
  private String sortedLetters(LetterQuery.By by, boolean descending) {
    Order<LetterQuery.By> order = new Order<>(by, descending);
    List<LetterLine> all = operations().letters(sorted(order, Optional.empty(), 10));
    for (int i = 0; i < all.size(); i++) {
      assertThat(operations().letters(sorted(order, Optional.of(all.get(i)), 2)))
          .as(order + " behind " + all.get(i).ref())
          .containsExactlyElementsOf(all.subList(i + 1, Math.min(i + 3, all.size())));
    }
    return all.stream().map(line -> line.ref().id().value()).collect(Collectors.joining());
  }

  @Test
  void sortsTheFewThatAreDeadByAnyColumnToo() {
    CaseId id = CaseId.random();
    Letter second = add(letter("a", ODENSE, NOW, LetterStatus.DEAD, Optional.of(id)));
    Letter first = add(letter("b", AARHUS, NOW.plusSeconds(1), LetterStatus.DEAD, Optional.of(id)));
    add(letter("c", AARHUS, NOW, LetterStatus.SENT, Optional.of(id)));
    Order<LetterQuery.By> bySender = new Order<>(LetterQuery.By.SENDER, false);

    for (Optional<CaseId> wanted : List.of(Optional.<CaseId>empty(), Optional.of(id))) {
      WantedLetters dead = dead();
      dead.caseId = wanted;
      assertThat(operations().letters(dead.query().sorted(bySender, Optional.empty())))
          .extracting(LetterLine::ref)
          .containsExactly(first.ref(), second.ref());
    }
  }

  @Test
  void goesOnBehindADeadLetterThatIsDeadNoLonger() {
    Letter first = add(letter("a", AARHUS, NOW, LetterStatus.DEAD));
    Letter second = add(letter("b", AARHUS, NOW.plusSeconds(1), LetterStatus.DEAD));
    Order<LetterQuery.By> oldest = new Order<>(LetterQuery.By.RECEIVED, false);
    LetterLine seen = operations().letters(sorted(oldest, Optional.empty(), 1)).get(0);
    commit(new Change.UpdateLetter(first.with(LetterStatus.CLOSED)));

    LetterQuery next = dead().query().sorted(oldest, Optional.empty()).behind(seen);
    assertThat(operations().letters(next))
        .extracting(LetterLine::ref)
        .containsExactly(second.ref());
  }

  @Test
  void sortsCasesByEachColumnBothWaysRoundWholeAndPageByPage() {
    CertificateCase first = RecordSamples.received(open(ODENSE, MIDT, NOW), NOW.plusSeconds(9));
    CertificateCase second = open(AARHUS, SYD, NOW.plusSeconds(1));
    CertificateCase third = open(AARHUS, MIDT, NOW.plusSeconds(2));
    commit(new Change.UpdateCase(first));
    List<CaseId> opened = List.of(first.id(), second.id(), third.id());

    assertThat(sortedCases(CaseSearch.By.OPENED, false, opened)).isEqualTo("012");
    assertThat(sortedCases(CaseSearch.By.OPENED, true, opened)).isEqualTo("210");
    assertThat(sortedCases(CaseSearch.By.REQUESTER, false, opened)).isEqualTo("120");
    assertThat(sortedCases(CaseSearch.By.REQUESTER, true, opened)).isEqualTo("021");
    assertThat(sortedCases(CaseSearch.By.RESPONDER, false, opened)).isEqualTo("021");
    assertThat(sortedCases(CaseSearch.By.STATE, false, opened)).isEqualTo("012");
    assertThat(sortedCases(CaseSearch.By.STATE, true, opened)).isEqualTo("210");
    assertThat(sortedCases(CaseSearch.By.DUE, false, opened)).isEqualTo("012");
    assertThat(sortedCases(CaseSearch.By.DUE, true, opened)).isEqualTo("021");
  }

  /** The cases' places in the list given, having claimed that any pages give the same. */
  private String sortedCases(CaseSearch.By by, boolean descending, List<CaseId> places) {
    Order<CaseSearch.By> order = new Order<>(by, descending);
    List<CertificateCase> all = operations().cases(sortedCases(order, Optional.empty(), 10));
    for (int i = 0; i < all.size(); i++) {
      assertThat(operations().cases(sortedCases(order, Optional.of(all.get(i)), 1)))
          .as(order + " behind " + places.indexOf(all.get(i).id()))
          .containsExactlyElementsOf(all.subList(i + 1, Math.min(i + 2, all.size())));
    }
    return all.stream()
        .map(found -> String.valueOf(places.indexOf(found.id())))
        .collect(Collectors.joining());
  }

  @Test
  void findsCasesByEachFilter() {
    CertificateCase running = RecordSamples.received(open(AARHUS, MIDT, NOW), NOW.plusSeconds(9));
    commit(new Change.UpdateCase(running));
    open(ODENSE, SYD, NOW.minusSeconds(60));
    LocalDate due = running.deadline().due().orElseThrow();

    assertThat(cases(w -> w.party = Optional.of(AARHUS))).containsExactly(running.id());
    assertThat(cases(w -> w.party = Optional.of(MIDT))).containsExactly(running.id());
    assertThat(cases(w -> w.form = Optional.of("PSYK125"))).hasSize(2);
    assertThat(cases(w -> w.form = Optional.of("LAE125"))).isEmpty();
    assertThat(cases(w -> w.states = Set.of(CertificateCase.State.RECEIVED)))
        .containsExactly(running.id());
    assertThat(cases(w -> w.turns = Set.of(CertificateCase.Whose.RESPONDER)))
        .containsExactly(running.id());
    assertThat(cases(w -> w.overdueOn = Optional.of(due.plusDays(1))))
        .containsExactly(running.id());
    assertThat(cases(w -> w.overdueOn = Optional.of(due))).isEmpty();
    assertThat(cases(w -> w.from = Optional.of(NOW))).containsExactly(running.id());
    assertThat(cases(w -> w.from = Optional.of(NOW.plusSeconds(1)))).isEmpty();
    assertThat(cases(w -> w.to = Optional.of(NOW.plusSeconds(1)))).hasSize(2);
    assertThat(cases(w -> w.to = Optional.of(NOW))).doesNotContain(running.id()).hasSize(1);
  }

  @Test
  void countsEachLetterWhereItIs() {
    addRow("new", row -> row);
    addRow("retried", row -> row.toRetry(NOW, "HTTP_503", false));
    addRow("handed-over", row -> row.handedOver(NOW.plusSeconds(30)));
    addRow("in-flight", row -> row.claimed(NOW.plusSeconds(30)));
    addRow("forgotten", row -> row.claimed(NOW.minusSeconds(1)));
    addRow("awaiting", row -> row.awaiting(NOW.plusSeconds(900)));
    add(letter("dead", AARHUS, NOW, LetterStatus.QUEUED).dead(never("")));

    assertThat(operations().states(NOW)).isEqualTo(new LetterStates(1, 3, 1, 1, 1));
  }

  @Test
  void countsWhatWasRecordedAndNoAcknowledgements() {
    add(letter("a", AARHUS, NOW, LetterStatus.SENT));
    add(letter("b", AARHUS, NOW.minusSeconds(60), LetterStatus.SENT));
    add(acknowledgement("c", NOW));

    assertThat(operations().received(NOW, NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(operations().received(NOW.minusSeconds(60), NOW)).isEqualTo(1);
  }

  @Test
  void countsAttemptsPerPartySinceATime() {
    Letter letter = add(letter("a", AARHUS, NOW, LetterStatus.SENT));
    attempt(letter, NOW.minusSeconds(1), Transmission.Outcome.DELIVERED);
    attempt(letter, NOW, Transmission.Outcome.TRANSIENT_FAILURE);
    attempt(letter, NOW.plusSeconds(1), Transmission.Outcome.DELIVERED);

    assertThat(operations().traffic(NOW)).containsExactly(new QueueTraffic(MIDT, 1, 1));
    assertThat(operations().traffic(NOW.plusSeconds(2))).isEmpty();
  }

  private record Filter(String name, Consumer<WantedLetters> change) {}

  private static List<Filter> filters(CaseId id, BundleId bundle) {
    return List.of(
        new Filter("letter", w -> w.letter = Optional.of(new LetterId("wanted"))),
        new Filter("bundle", w -> w.bundle = Optional.of(bundle)),
        new Filter("reason", w -> w.code = Optional.of("NEVER_DELIVERED")),
        new Filter("channel", w -> w.code = Optional.of("HTTP_500")),
        new Filter("case", w -> w.caseId = Optional.of(id)),
        new Filter("party", w -> w.party = Optional.of(AARHUS)),
        new Filter("sender", w -> w.sender = Optional.of(AARHUS)),
        new Filter("status", w -> w.statuses = Set.of(LetterStatus.DEAD)),
        new Filter(
            "receiver, event and time",
            w -> {
              w.receiver = Optional.of(MIDT);
              w.event = Optional.of(EventCode.CERTIFICATE_REQUEST.code());
              w.from = Optional.of(NOW);
              w.to = Optional.of(NOW.plusSeconds(1));
            }),
        new Filter("citizen", w -> w.citizen = Optional.of(BRUNO)));
  }

  /** Which letters a test wants: all, but for what it says. */
  private static final class WantedLetters {
    private Optional<LetterId> letter = Optional.empty();
    private Optional<BundleId> bundle = Optional.empty();
    private Optional<CaseId> caseId = Optional.empty();
    private Optional<PartyId> party = Optional.empty();
    private Optional<PartyId> sender = Optional.empty();
    private Optional<PartyId> receiver = Optional.empty();
    private Optional<String> event = Optional.empty();
    private Set<LetterStatus> statuses = Set.of();
    private Optional<String> code = Optional.empty();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();
    private Optional<Digest> citizen = Optional.empty();

    LetterQuery query() {
      return new LetterQuery(
          letter,
          bundle,
          caseId,
          party,
          sender,
          receiver,
          event,
          statuses,
          code,
          from,
          to,
          citizen,
          LetterQuery.NEWEST_FIRST,
          Optional.empty(),
          10);
    }
  }

  private static WantedLetters dead() {
    WantedLetters dead = new WantedLetters();
    dead.statuses = Set.of(LetterStatus.DEAD);
    return dead;
  }

  private static LetterQuery code(String code) {
    WantedLetters letters = new WantedLetters();
    letters.code = Optional.of(code);
    return letters.query();
  }

  private static LetterQuery sorted(
      Order<LetterQuery.By> order, Optional<LetterLine> seen, int limit) {
    return LetterQuery.newest(limit).sorted(order, seen.map(line -> line.cursor(order.by())));
  }

  private List<CaseId> cases(Consumer<WantedCases> change) {
    WantedCases wanted = new WantedCases();
    change.accept(wanted);
    return operations().cases(wanted.search()).stream().map(CertificateCase::id).toList();
  }

  /** Which cases a test wants: all, but for what it says. */
  private static final class WantedCases {
    private Optional<PartyId> party = Optional.empty();
    private Set<CertificateCase.Whose> turns = Set.of();
    private Set<CertificateCase.State> states = Set.of();
    private Optional<LocalDate> overdueOn = Optional.empty();
    private Optional<String> form = Optional.empty();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();

    CaseSearch search() {
      return new CaseSearch(
          party,
          turns,
          states,
          overdueOn,
          form,
          from,
          to,
          CaseSearch.NEWEST_FIRST,
          Optional.empty(),
          10);
    }
  }

  private static CaseSearch sortedCases(
      Order<CaseSearch.By> order, Optional<CertificateCase> seen, int limit) {
    return CaseSearch.newest(limit)
        .sorted(order, seen.map(one -> CaseSearch.Cursor.behind(one, order.by())));
  }

  private CertificateCase open(PartyId requester, PartyId responder, Instant at) {
    CertificateCase opened = RecordSamples.open(requester, responder, at);
    commit(new Change.AddCase(opened, OptionalInt.of(1)));
    return opened;
  }

  private void addRow(String id, UnaryOperator<OutboxRow> state) {
    Letter letter = add(letter(id, AARHUS, NOW, LetterStatus.QUEUED));
    commit(new Change.AddRow(state.apply(RecordSamples.row(letter.ref(), MIDT, NOW))));
  }

  private void attempt(Letter letter, Instant at, Transmission.Outcome outcome) {
    String reason = outcome == Transmission.Outcome.DELIVERED ? "" : "HTTP_503";
    commit(
        new Change.AddTransmission(
            new Transmission(
                letter.ref(), BundleId.random(), 1, at, outcome, reason, Optional.empty())));
  }

  private static List<Problem> never(String hint) {
    return List.of(new Problem(RefusalReason.NEVER_DELIVERED, "", hint));
  }

  private static Letter letter(String id, PartyId sender, Instant at, LetterStatus status) {
    return letter(id, sender, at, status, Optional.empty());
  }

  private static Letter letter(
      String id, PartyId sender, Instant at, LetterStatus status, Optional<CaseId> caseId) {
    return RecordSamples.letter(new LetterRef(sender, new LetterId(id)), caseId, at, status);
  }

  private static Letter acknowledgement(String id, Instant at) {
    Letter l = letter(id, AARHUS, at, LetterStatus.SENT);
    return of(l, EventCode.ACKNOWLEDGEMENT.code(), l.receiver());
  }

  private static Letter withoutReceiver(String id, Instant at) {
    Letter l = letter(id, AARHUS, at, LetterStatus.REFUSED);
    return of(l, l.event(), Optional.empty());
  }

  private static Letter of(Letter l, String event, Optional<PartyId> receiver) {
    return new Letter(
        l.ref(),
        l.bundleId(),
        event,
        receiver,
        l.caseId(),
        l.receivedAt(),
        l.sha256(),
        l.contentDigest(),
        l.mediaType(),
        l.status(),
        l.receipt(),
        l.problems(),
        l.refusalId(),
        l.acknowledges(),
        l.acknowledgement(),
        l.version());
  }

  private Letter add(Letter letter) {
    commit(new Change.AddLetter(letter));
    return letter;
  }

  private void commit(Change.Write... writes) {
    assertThat(records().commit(new Change(List.of(writes)))).isEqualTo(Commit.DONE);
  }
}
