package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.ODENSE;
import static dk.attestbro.port.RecordSamples.SYD;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.StatisticsQuery.Dimension;
import dk.attestbro.port.Tally.Count;
import dk.attestbro.port.Tally.Measure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every kind of {@link Statistics} counts. Empty records before each test. */
public abstract class StatisticsContract {
  /** 09:00 in Copenhagen. */
  private static final Instant OPENED = Instant.parse("2026-03-02T08:00:00Z");

  private static final LocalDate DUE = LocalDate.parse("2026-03-16");
  private static final LocalDate FROM = LocalDate.parse("2026-03-01");
  private static final LocalDate TO = LocalDate.parse("2026-03-31");
  private static final Instant LATER = Instant.parse("2026-06-01T10:00:00Z");

  protected abstract Records records();

  protected abstract Statistics statistics();

  @Test
  void tellsRepliesInTimeFromLateOnes() {
    put(replied(CaseId.random(), "2026-03-16T22:59:59Z"));
    put(replied(CaseId.random(), "2026-03-16T23:00:00Z"));
    put(replied(CaseId.random(), "2026-03-20T10:00:00Z"));
    Tally total = total();
    assertThat(total.count(Count.REPLIES)).isEqualTo(3);
    assertThat(total.count(Count.ON_TIME)).as("until midnight in Copenhagen").isEqualTo(1);
    assertThat(total.count(Count.LATE)).isEqualTo(2);
    assertThat(total.count(Count.DUE)).isEqualTo(3);
    assertThat(total.measured(Measure.DAYS_LATE).median()).hasValue(2.5);
    assertThat(total.measured(Measure.DAYS_TO_REPLY).median()).hasValue(15);
    assertThat(total.measured(Measure.DAYS_TO_REPLY).mean()).hasValue((14 + 15 + 18) / 3.0);
    assertThat(total.measured(Measure.DAYS_TO_REPLY).percentile(90)).hasValue(18);
  }

  @Test
  void tellsWhatIsOverdueFromWhatIsNotDueYetAtTheCutoff() {
    put(received(CaseId.random()));
    Tally onTheDay = total(query(Instant.parse("2026-03-16T22:59:59Z")));
    assertThat(onTheDay.count(Count.OPEN_NOT_DUE)).isEqualTo(1);
    assertThat(onTheDay.count(Count.DUE)).isZero();
    Tally afterIt = total(query(Instant.parse("2026-03-18T10:00:00Z")));
    assertThat(afterIt.count(Count.OPEN_OVERDUE)).isEqualTo(1);
    assertThat(afterIt.count(Count.DUE)).isEqualTo(1);
    assertThat(afterIt.measured(Measure.DAYS_LATE).median()).hasValue(2);
    assertThat(afterIt.measured(Measure.DAYS_TO_REPLY).size()).isZero();
  }

  @Test
  void leavesPausesOutOfTheNetDays() {
    put(with(replied(CaseId.random(), "2026-03-20T10:00:00Z"), 5, 0, 0, 0));
    assertThat(total().measured(Measure.DAYS_TO_REPLY).median()).hasValue(18);
    assertThat(total().measured(Measure.NET_DAYS_TO_REPLY).median()).hasValue(13);
  }

  @Test
  void countsWhatLeftTheBaseApart() {
    put(ended(CaseId.random(), "NOT_OUR_PATIENT"));
    put(ended(CaseId.random(), "NOT_OUR_PATIENT"));
    put(ended(CaseId.random(), "WRONG_FORM"));
    put(ended(CaseId.random(), CaseFact.CANCELLED));
    put(ended(CaseId.random(), CaseFact.CONSENT_WITHDRAWN));
    put(ended(CaseId.random(), CaseFact.CONSENT_LAPSED));
    Tally total = total();
    assertThat(total.count(Count.REQUESTS)).isEqualTo(6);
    assertThat(total.count(Count.DUE)).isZero();
    assertThat(total.returned()).isEqualTo(Map.of("NOT_OUR_PATIENT", 2L, "WRONG_FORM", 1L));
    assertThat(total.count(Count.RETURNED)).isEqualTo(3);
    assertThat(total.count(Count.CANCELLED)).isEqualTo(1);
    assertThat(total.count(Count.CONSENT_ENDED)).isEqualTo(2);
  }

  @Test
  void countsWhatWasWrittenInBetween() {
    put(with(replied(CaseId.random(), "2026-03-10T10:00:00Z"), 0, 2, 1, 0));
    put(with(received(CaseId.random()), 0, 1, 0, 3));
    Tally total = total();
    assertThat(total.count(Count.CASES)).isEqualTo(2);
    assertThat(total.count(Count.REMINDERS)).isEqualTo(3);
    assertThat(total.count(Count.INTERIM_REPLIES)).isEqualTo(1);
    assertThat(total.count(Count.QUESTIONS)).isEqualTo(3);
  }

  @Test
  void measuresTheRequesterAndTheAcknowledgement() {
    put(received(CaseId.random()));
    Tally total = total();
    assertThat(total.measured(Measure.DAYS_FROM_CASE_START_TO_REQUEST).median()).hasValue(60);
    assertThat(total.measured(Measure.SECONDS_TO_ACKNOWLEDGEMENT).median()).hasValue(90);
  }

  @Test
  void roundsLongAcknowledgementsDownToTheMinute() {
    put(fact(CaseId.random()).received(OPENED.plusSeconds(3_599)).fact());
    assertThat(total().measured(Measure.SECONDS_TO_ACKNOWLEDGEMENT).median()).hasValue(3_540);
  }

  @Test
  void countsACaseAsDeliveredByItselfWhereOperationsActedUponNoLetterOfIt() {
    put(received(CaseId.random()));
    put(fact(CaseId.random()).fact());
    CaseId resent = CaseId.random();
    put(received(resent));
    actedUpon(resent, TimelineCode.RESENT_BY_OPERATOR, OPENED.plusSeconds(60));
    actedUpon(resent, TimelineCode.REDIRECTED_BY_OPERATOR, OPENED.plusSeconds(120));
    CaseId closed = CaseId.random();
    put(fact(closed).fact());
    actedUpon(closed, TimelineCode.CLOSED_BY_OPERATOR, OPENED.plusSeconds(60));
    CaseId triedAgain = CaseId.random();
    put(received(triedAgain));
    actedUpon(triedAgain, TimelineCode.RESENT, OPENED.plusSeconds(60));
    Tally total = total();
    assertThat(total.count(Count.REQUESTS)).isEqualTo(5);
    assertThat(total.count(Count.DELIVERED)).isEqualTo(3);
    assertThat(total.count(Count.DELIVERED_WITHOUT_MANUAL_STEP)).isEqualTo(2);
  }

  @Test
  void countsAManualStepFromItsTimeOnInTheGroupOfItsCase() {
    CaseId resent = CaseId.random();
    put(received(resent));
    put(fact(CaseId.random()).between(ODENSE, "0461", SYD, "1083").received(OPENED).fact());
    Instant step = Instant.parse("2026-03-20T10:00:00.123456789Z");
    actedUpon(resent, TimelineCode.RESENT_BY_OPERATOR, step);
    assertThat(total(query(step.minusMillis(1))).count(Count.DELIVERED_WITHOUT_MANUAL_STEP))
        .isEqualTo(2);
    StatisticsFigures figures =
        statistics().figures(query(FROM, TO, LATER, List.of(Dimension.REGION), Set.of()));
    assertThat(figures.groups())
        .extracting(group -> group.tally().count(Count.DELIVERED_WITHOUT_MANUAL_STEP))
        .containsExactly(0L, 1L);
    assertThat(total(query(FROM, TO, LATER, List.of(), Set.of(ODENSE))))
        .extracting(tally -> tally.count(Count.DELIVERED_WITHOUT_MANUAL_STEP))
        .isEqualTo(1L);
    LocalDate dayAfter = LocalDate.parse("2026-03-03");
    assertThat(total(query(dayAfter, TO)).count(Count.DELIVERED_WITHOUT_MANUAL_STEP)).isZero();
  }

  @Test
  void placesEachFigureByItsOwnDay() {
    put(received(CaseId.random()));
    LocalDate openedOn = LocalDate.parse("2026-03-02");
    Tally opened = total(query(openedOn, openedOn));
    assertThat(opened.count(Count.REQUESTS)).isEqualTo(1);
    assertThat(opened.count(Count.CASES)).isZero();
    Tally due = total(query(DUE, DUE));
    assertThat(due.count(Count.REQUESTS)).isZero();
    assertThat(due.count(Count.OPEN_OVERDUE)).isEqualTo(1);
  }

  @Test
  void placesAReplyBeforeTheProvenReceiptByItsOwnDayAndInTime() {
    put(fact(CaseId.random()).replied(Instant.parse("2026-03-05T10:00:00Z")).fact());
    Tally total = total();
    assertThat(total.count(Count.ON_TIME)).isEqualTo(1);
    assertThat(total.measured(Measure.DAYS_TO_REPLY).size()).isZero();
  }

  @Test
  void givesTheFiguresAsTheyStoodAtTheCutoff() {
    CaseId id = CaseId.random();
    put(received(id));
    put(replied(id, "2026-03-20T10:00:00Z"));
    Instant reply = Instant.parse("2026-03-20T10:00:00Z");
    assertThat(total(query(reply.minusNanos(1_000))).count(Count.OPEN_OVERDUE)).isEqualTo(1);
    assertThat(total(query(reply)).count(Count.LATE)).isEqualTo(1);
    assertThat(total(query(reply)).count(Count.OPEN_OVERDUE)).isZero();
    assertThat(total(query(OPENED.minusSeconds(1))).count(Count.REQUESTS)).isZero();
  }

  @Test
  void takesTheSameFiguresAgainAsNothingNew() {
    CaseId id = CaseId.random();
    put(received(id));
    put(received(id).at(LATER));
    put(received(id).at(LATER.plusSeconds(1)));
    assertThat(total().count(Count.REQUESTS)).isEqualTo(1);
  }

  @Test
  void letsTheLaterPutCountWhereTheClockWentBack() {
    CaseId id = CaseId.random();
    put(received(id));
    put(replied(id, "2026-03-20T10:00:00Z"));
    put(ended(id, "OTHER").at(Instant.parse("2026-03-19T10:00:00Z")));
    assertThat(total().returned()).isEqualTo(Map.of("OTHER", 1L));
    assertThat(total(query(Instant.parse("2026-03-19T12:00:00Z"))).count(Count.OPEN_OVERDUE))
        .isEqualTo(1);
  }

  @Test
  void putsNothingOfAChangeThatIsNotDone() {
    Change change =
        new Change(
            List.of(
                new Change.PutCaseFact(received(CaseId.random())),
                new Change.UpdateCase(
                    RecordSamples.open(CaseId.random(), RecordSamples.ref(), OPENED))));
    assertThat(records().commit(change)).isEqualTo(Commit.STALE);
    assertThat(statistics().figures(query(LATER)).groups()).isEmpty();
  }

  @Test
  void tellsGroupsApart() {
    put(received(CaseId.random()));
    put(received(CaseId.random()));
    put(fact(CaseId.random()).between(ODENSE, "0461", SYD, "1083").fact());
    StatisticsFigures figures =
        statistics()
            .figures(query(FROM, TO, LATER, List.of(Dimension.REGION, Dimension.FORM), Set.of()));
    assertThat(figures.groups().stream().map(StatisticsFigures.Group::values))
        .containsExactly(List.of("1082", "PSYK125"), List.of("1083", "PSYK125"));
    assertThat(figures.groups().get(0).tally().count(Count.REQUESTS)).isEqualTo(2);
    assertThat(figures.total().count(Count.REQUESTS)).isEqualTo(3);
    StatisticsFigures units =
        statistics()
            .figures(
                query(FROM, TO, LATER, List.of(Dimension.UNIT, Dimension.MUNICIPALITY), Set.of()));
    assertThat(units.groups().stream().map(StatisticsFigures.Group::values))
        .containsExactly(List.of("psychiatry-midt", "0751"), List.of("psychiatry-syd", "0461"));
  }

  @Test
  void showsAPartyItsOwnCasesAlone() {
    put(received(CaseId.random()));
    put(fact(CaseId.random()).between(ODENSE, "0461", SYD, "1083").fact());
    put(fact(CaseId.random()).between(ODENSE, "0461", MIDT, "1082").fact());
    assertThat(requestsOf(AARHUS)).isEqualTo(1);
    assertThat(requestsOf(ODENSE)).isEqualTo(2);
    assertThat(requestsOf(MIDT)).isEqualTo(2);
    assertThat(requestsOf(new PartyId("employment-vejle"))).isZero();
  }

  @Test
  void countsNoticesOfDischargeAndWhatBecameOfThem() {
    CaseId id = CaseId.random();
    putNotice(notice(id, "2026-03-09T10:00:00Z", Optional.empty()));
    putNotice(
        notice(id, "2026-03-09T10:00:00Z", Optional.of("OFFERED_ACCEPTED"))
            .at(Instant.parse("2026-03-12T10:00:00Z")));
    putNotice(notice(CaseId.random(), "2026-03-10T10:00:00Z", Optional.empty()));
    Tally total = total();
    assertThat(total.count(Count.DISCHARGE_NOTICES)).isEqualTo(2);
    assertThat(total.count(Count.NOTICED_BEFORE_DISCHARGE)).isEqualTo(1);
    assertThat(total.count(Count.NOTICED_ON_OR_AFTER_DISCHARGE)).isEqualTo(1);
    assertThat(total.outcomes()).isEqualTo(Map.of("OFFERED_ACCEPTED", 1L));
    assertThat(total.count(Count.WITHOUT_MENTOR_OUTCOME)).isEqualTo(1);
    Tally before = total(query(Instant.parse("2026-03-11T10:00:00Z")));
    assertThat(before.count(Count.WITHOUT_MENTOR_OUTCOME)).isEqualTo(2);
  }

  private long requestsOf(PartyId party) {
    return total(query(FROM, TO, LATER, List.of(), Set.of(party))).count(Count.REQUESTS);
  }

  private Tally total() {
    return total(query(LATER));
  }

  private Tally total(StatisticsQuery query) {
    return statistics().figures(query).total();
  }

  private static StatisticsQuery query(Instant cutoff) {
    return query(FROM, TO, cutoff, List.of(), Set.of());
  }

  private static StatisticsQuery query(LocalDate from, LocalDate to) {
    return query(from, to, LATER, List.of(), Set.of());
  }

  private static StatisticsQuery query(
      LocalDate from, LocalDate to, Instant cutoff, List<Dimension> by, Set<PartyId> onlyOf) {
    return new StatisticsQuery(
        from, to, by, cutoff, onlyOf.isEmpty() ? Optional.empty() : Optional.of(onlyOf));
  }

  private void put(CaseFact fact) {
    assertThat(records().commit(new Change(List.of(new Change.PutCaseFact(fact)))))
        .isEqualTo(Commit.DONE);
  }

  private void actedUpon(CaseId id, TimelineCode code, Instant at) {
    Evidence act = new Evidence(id.chain(), at, code, Optional.of(RecordSamples.ref()), "");
    assertThat(records().commit(new Change(List.of(new Change.AddEvidence(act)))))
        .isEqualTo(Commit.DONE);
  }

  private void putNotice(DischargeFact fact) {
    assertThat(records().commit(new Change(List.of(new Change.PutDischargeFact(fact)))))
        .isEqualTo(Commit.DONE);
  }

  private static DischargeFact notice(CaseId id, String noticedAt, Optional<String> outcome) {
    Instant at = Instant.parse(noticedAt);
    return new DischargeFact(
        id,
        MIDT,
        "1082",
        AARHUS,
        "0751",
        LocalDate.parse("2026-03-10"),
        at,
        outcome,
        outcome.map(code -> at.plus(Duration.ofDays(3))),
        at);
  }

  /** Received 90 seconds after it was opened, and due in 14 days. */
  private static CaseFact received(CaseId id) {
    return fact(id).received(OPENED.plusSeconds(90)).fact();
  }

  private static CaseFact replied(CaseId id, String at) {
    return fact(id).received(OPENED.plusSeconds(90)).replied(Instant.parse(at)).fact();
  }

  private static CaseFact ended(CaseId id, String reason) {
    return fact(id)
        .received(OPENED.plusSeconds(90))
        .ended(Instant.parse("2026-03-09T10:00:00Z"), reason)
        .fact();
  }

  private static CaseFact with(CaseFact fact, int paused, int reminders, int interim, int asked) {
    return new CaseFact(
        fact.caseId(),
        fact.form(),
        fact.requester(),
        fact.municipality(),
        fact.unit(),
        fact.region(),
        fact.state(),
        fact.openedAt(),
        fact.receivedAt(),
        fact.due(),
        fact.repliedAt(),
        fact.endedAt(),
        fact.endReason(),
        paused,
        reminders,
        interim,
        asked,
        fact.caseStartedOn(),
        fact.at());
  }

  private static Draft fact(CaseId id) {
    return new Draft(
        id,
        AARHUS,
        "0751",
        MIDT,
        "1082",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        OPENED);
  }

  /** A fact in the making. */
  private record Draft(
      CaseId id,
      PartyId requester,
      String municipality,
      PartyId unit,
      String region,
      Optional<Instant> receivedAt,
      Optional<Instant> repliedAt,
      Optional<Instant> endedAt,
      String endReason,
      Instant at) {
    Draft between(PartyId newRequester, String newMunicipality, PartyId newUnit, String newRegion) {
      return new Draft(
          id,
          newRequester,
          newMunicipality,
          newUnit,
          newRegion,
          receivedAt,
          repliedAt,
          endedAt,
          endReason,
          at);
    }

    Draft received(Instant time) {
      return new Draft(
          id,
          requester,
          municipality,
          unit,
          region,
          Optional.of(time),
          repliedAt,
          endedAt,
          endReason,
          time);
    }

    Draft replied(Instant time) {
      return new Draft(
          id,
          requester,
          municipality,
          unit,
          region,
          receivedAt,
          Optional.of(time),
          endedAt,
          endReason,
          time);
    }

    Draft ended(Instant time, String reason) {
      return new Draft(
          id,
          requester,
          municipality,
          unit,
          region,
          receivedAt,
          repliedAt,
          Optional.of(time),
          reason,
          time);
    }

    CaseFact fact() {
      return new CaseFact(
          id,
          "PSYK125",
          requester,
          municipality,
          unit,
          region,
          repliedAt.isPresent() ? CertificateCase.State.REPLIED : CertificateCase.State.RECEIVED,
          OPENED,
          receivedAt,
          receivedAt.map(any -> DUE),
          repliedAt,
          endedAt,
          endReason,
          0,
          0,
          0,
          0,
          Optional.of(LocalDate.parse("2026-01-01")),
          at);
    }
  }
}
