package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.ODENSE;
import static dk.attestbro.port.RecordSamples.SYD;
import static dk.attestbro.port.RecordSamples.open;
import static dk.attestbro.port.RecordSamples.received;
import static dk.attestbro.port.RecordSamples.ref;
import static dk.attestbro.port.RecordSamples.take;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every kind of {@link Records} keeps cases. Empty records before each test. */
public abstract class CasesContract {
  private static final Digest CITIZEN = RecordSamples.digest("citizen");
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 20);

  protected abstract Records records();

  @Test
  void givesACaseBackAsItWasUpdated() {
    CertificateCase opened = open(CaseId.random(), ref(), MIDT, NOW, Optional.of(CITIZEN));
    assertThat(commit(new Change.AddCase(opened, OptionalInt.of(1)))).isEqualTo(Commit.DONE);
    assertThat(commit(new Change.AddCase(opened, OptionalInt.of(1)))).isEqualTo(Commit.CASE_EXISTS);
    CertificateCase moved =
        take(
            take(received(opened, NOW.plusSeconds(9)), Turn.Kind.FORWARDED, NOW.plusSeconds(10)),
            Turn.Kind.RETURNED,
            NOW.plusSeconds(11));

    assertThat(commit(new Change.UpdateCase(moved))).isEqualTo(Commit.DONE);

    assertThat(records().certificateCase(opened.id())).contains(moved.stored());
    assertThat(commit(new Change.UpdateCase(moved))).isEqualTo(Commit.STALE);
  }

  @Test
  void pagesThroughTheCasesOfEitherParty() {
    List<CertificateCase> opened = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      LetterRef request = new LetterRef(i == 3 ? ODENSE : AARHUS, LetterId.random());
      opened.add(added(open(CaseId.random(), request, NOW.plusSeconds(i / 3))));
    }
    assertThat(pages(MIDT)).containsExactlyInAnyOrderElementsOf(opened);
    assertThat(pages(MIDT)).isSortedAccordingTo((a, b) -> a.openedAt().compareTo(b.openedAt()));
    assertThat(pages(AARHUS)).hasSize(6);
    assertThat(pages(ODENSE)).containsExactly(opened.get(3));
  }

  @Test
  void showsAForwardedCaseToItsNewOwnerAndNoLongerToTheFormerOne() {
    CertificateCase forwarded =
        added(take(open(CaseId.random(), ref(), NOW), Turn.Kind.FORWARDED, NOW.plusSeconds(1)));

    assertThat(pages(SYD)).containsExactly(forwarded);
    assertThat(pages(MIDT)).isEmpty();
  }

  @Test
  void findsCasesByTurnStateAndForm() {
    CertificateCase sent = added(open(CaseId.random(), ref(), NOW));
    CertificateCase received =
        added(received(open(CaseId.random(), ref(), NOW.plusSeconds(1)), NOW.plusSeconds(2)));
    CertificateCase replied =
        added(
            take(
                open(CaseId.random(), ref(), NOW.plusSeconds(3)),
                Turn.Kind.REPLIED,
                NOW.plusSeconds(4)));

    assertThat(found(mine(Set.of(AARHUS)))).containsExactly(replied);
    assertThat(found(mine(Set.of(MIDT)))).containsExactly(received);
    assertThat(found(mine(Set.of(AARHUS, MIDT)))).containsExactly(received, replied);
    assertThat(found(query(Set.of(), Set.of(CertificateCase.Whose.GATEWAY), Set.of())))
        .containsExactly(sent);
    assertThat(
            found(
                query(
                    Set.of(CertificateCase.State.RECEIVED, CertificateCase.State.REPLIED),
                    Set.of(),
                    Set.of("PSYK125", "LAE125"))))
        .containsExactly(received, replied);
    assertThat(found(query(Set.of(), Set.of(), Set.of("LAE125")))).isEmpty();
  }

  @Test
  void findsOpenCasesThatRunOut() {
    CertificateCase running = added(received(open(CaseId.random(), ref(), NOW), NOW));
    added(open(CaseId.random(), ref(), NOW));
    added(take(received(open(CaseId.random(), ref(), NOW), NOW), Turn.Kind.REPLIED, NOW));
    LocalDate due = running.deadline().due().orElseThrow();

    assertThat(found(runsOut(Optional.of(due), Optional.empty()))).isEmpty();
    assertThat(found(runsOut(Optional.of(due.plusDays(1)), Optional.empty())))
        .containsExactly(running);
    assertThat(found(runsOut(Optional.empty(), Optional.of(due)))).containsExactly(running);
    assertThat(found(runsOut(Optional.empty(), Optional.of(due.minusDays(1))))).isEmpty();
  }

  @Test
  void pagesThroughWhatMayHaveToBeFollowedUp() {
    List<CaseId> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(added(received(open(CaseId.random(), ref(), NOW), NOW)).id());
    }
    CertificateCase sent = added(open(CaseId.random(), ref(), NOW));
    added(take(open(CaseId.random(), ref(), NOW), Turn.Kind.CANCELLED, NOW.plusSeconds(1)));

    List<CaseId> found = new ArrayList<>();
    Optional<CaseId> after = Optional.empty();
    List<CertificateCase> page = records().casesToFollowUp(TODAY, TODAY, after, 2);
    while (!page.isEmpty()) {
      page.forEach(open -> found.add(open.id()));
      after = Optional.of(found.get(found.size() - 1));
      page = records().casesToFollowUp(TODAY, TODAY, after, 2);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(running);
    LocalDate lapsed = sent.opening().consentUntil().orElseThrow().plusDays(1);
    assertThat(records().casesToFollowUp(DeadlineRule.day(NOW), lapsed, Optional.empty(), 10))
        .extracting(CertificateCase::id)
        .contains(sent.id())
        .hasSize(4);
  }

  @Test
  void findsTheSameRequestWhileItIsOpenAndForAWhileAfterItsReply() {
    CertificateCase open = added(open(CaseId.random(), ref(), MIDT, NOW, Optional.of(CITIZEN)));
    Instant since = NOW.plus(Duration.ofDays(1));

    assertThat(same(AARHUS, MIDT, CITIZEN, since)).contains(open);
    assertThat(same(ODENSE, MIDT, CITIZEN, since)).isEmpty();
    assertThat(same(AARHUS, SYD, CITIZEN, since)).isEmpty();
    assertThat(same(AARHUS, MIDT, RecordSamples.digest("another"), since)).isEmpty();

    CertificateCase replied = take(open, Turn.Kind.REPLIED, NOW.plus(Duration.ofHours(1)));
    commit(new Change.UpdateCase(replied));
    assertThat(same(AARHUS, MIDT, CITIZEN, NOW)).contains(replied.stored());
    assertThat(same(AARHUS, MIDT, CITIZEN, since)).isEmpty();
  }

  @Test
  void addsOnlyOneLikeRequestOfEachNumber() {
    CertificateCase first = open(CaseId.random(), ref(), MIDT, NOW, Optional.of(CITIZEN));
    CertificateCase second = open(CaseId.random(), ref(), MIDT, NOW, Optional.of(CITIZEN));
    assertThat(records().latestRequestNumber(first.opening())).isZero();
    assertThat(commit(new Change.AddCase(first, OptionalInt.of(1)))).isEqualTo(Commit.DONE);

    assertThat(commit(new Change.AddCase(second, OptionalInt.of(1)))).isEqualTo(Commit.CASE_EXISTS);
    assertThat(records().certificateCase(second.id())).isEmpty();
    assertThat(records().latestRequestNumber(second.opening())).isEqualTo(1);
    assertThat(commit(new Change.AddCase(second, OptionalInt.of(2)))).isEqualTo(Commit.DONE);
    assertThat(records().latestRequestNumber(second.opening())).isEqualTo(2);

    CertificateCase unnumbered = open(CaseId.random(), ref(), MIDT, NOW, Optional.of(CITIZEN));
    CertificateCase another =
        open(CaseId.random(), ref(), MIDT, NOW, Optional.of(RecordSamples.digest("another")));
    assertThat(records().latestRequestNumber(another.opening())).isZero();
    assertThat(commit(new Change.AddCase(unnumbered, OptionalInt.empty()))).isEqualTo(Commit.DONE);
    assertThat(records().latestRequestNumber(second.opening())).isEqualTo(2);
    assertThat(commit(new Change.AddCase(another, OptionalInt.of(1)))).isEqualTo(Commit.DONE);
    assertThat(records().latestRequestNumber(open(CaseId.random(), ref(), NOW).opening())).isZero();
  }

  private Optional<CertificateCase> same(
      PartyId requester, PartyId responder, Digest citizen, Instant since) {
    return records().sameRequest(requester, responder, "PSYK125", citizen, since);
  }

  private CertificateCase added(CertificateCase one) {
    assertThat(commit(new Change.AddCase(one, OptionalInt.of(1)))).isEqualTo(Commit.DONE);
    return one;
  }

  private List<CertificateCase> pages(PartyId party) {
    List<CertificateCase> all = new ArrayList<>();
    CaseQuery query = CaseQuery.of(Set.of(party), 2);
    List<CertificateCase> page = records().cases(query);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = records().cases(after(query, page.get(page.size() - 1)));
    }
    return all;
  }

  private static CaseQuery after(CaseQuery query, CertificateCase last) {
    return new CaseQuery(
        query.parties(),
        query.mine(),
        query.turns(),
        query.states(),
        query.overdueOn(),
        query.dueBy(),
        query.forms(),
        Optional.of(new CaseQuery.Cursor(last.openedAt(), last.id())),
        query.limit());
  }

  private List<CertificateCase> found(CaseQuery query) {
    return records().cases(query);
  }

  static CaseQuery mine(Set<PartyId> parties) {
    return new CaseQuery(
        parties,
        true,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        10);
  }

  private static CaseQuery query(
      Set<CertificateCase.State> states, Set<CertificateCase.Whose> turns, Set<String> forms) {
    return new CaseQuery(
        Set.of(AARHUS),
        false,
        turns,
        states,
        Optional.empty(),
        Optional.empty(),
        forms,
        Optional.empty(),
        10);
  }

  /** Open cases of psychiatry-midt by their last day. */
  static CaseQuery runsOut(Optional<LocalDate> overdueOn, Optional<LocalDate> dueBy) {
    return new CaseQuery(
        Set.of(MIDT), false, Set.of(), Set.of(), overdueOn, dueBy, Set.of(), Optional.empty(), 10);
  }

  private Commit commit(Change.Write write) {
    return records().commit(new Change(List.of(write)));
  }
}
