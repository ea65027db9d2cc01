package dk.attestbro.model;

import static dk.attestbro.model.CaseTurnsSample.OTHER_UNIT;
import static dk.attestbro.model.CaseTurnsSample.REQUEST;
import static dk.attestbro.model.CaseTurnsSample.REQUESTER;
import static dk.attestbro.model.CaseTurnsSample.RESPONDER;
import static dk.attestbro.model.CaseTurnsSample.sent;
import static dk.attestbro.model.CaseTurnsSample.take;
import static dk.attestbro.model.CaseTurnsSample.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CertificateCase.State;
import dk.attestbro.model.CertificateCase.Whose;
import dk.attestbro.model.Turn.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sent and received on 2 November 2026: fourteen days, to the 16th. */
class CaseRulesTest {
  private static final PartyId STRANGER = new PartyId("employment-odense");
  private static final PartyId SUCCESSOR = new PartyId("psychiatry-nord");
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 16);

  @ParameterizedTest
  @EnumSource
  void refusesInEachStateExactlyWhatTheTableForbids(State state) {
    CertificateCase known = CasesInEveryState.in(state);
    assertThat(known.state()).isEqualTo(state);

    for (Kind kind : Kind.values()) {
      assertThat(CaseRules.refusal(known, CasesInEveryState.fitting(kind, known)))
          .as("%s in %s", kind, state)
          .isEqualTo(
              CaseRules.allows(state, kind)
                  ? Optional.empty()
                  : Optional.of(RefusalReason.CASE_STATE_FORBIDS));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUCCEEDED")
  void letsNoPartyTakeATurnThatIsNotItsOwn(Kind kind) {
    CertificateCase forwarded = take(received(), forward(5), acknowledged(OTHER_UNIT, 6));

    for (PartyId party : List.of(REQUESTER, OTHER_UNIT, RESPONDER, STRANGER)) {
      boolean its =
          switch (kind.role()) {
            case REQUESTER -> party.equals(REQUESTER);
            case RESPONDER -> party.equals(OTHER_UNIT);
            case EITHER -> party.equals(REQUESTER) || party.equals(OTHER_UNIT);
            case GATEWAY -> true;
          };
      assertThat(CaseRules.refusal(forwarded, turn(kind, party, "letter", day(7))))
          .as("%s by %s", kind, party)
          .satisfies(
              refusal -> {
                if (its) {
                  assertThat(refusal).isNotEqualTo(Optional.of(RefusalReason.CASE_PARTY_WRONG));
                } else {
                  assertThat(refusal).contains(RefusalReason.CASE_PARTY_WRONG);
                }
              });
    }
  }

  @Test
  void beginsWithTheGatewayAndPassesToTheResponderWithTheProvenReceipt() {
    stands(sent(), State.SENT, Whose.GATEWAY, Deadline.State.NOT_STARTED, Optional.empty());
    stands(
        received(), State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(LAST_DAY));
  }

  @Test
  void aTurnThatIsKnownChangesNothing() {
    CertificateCase received = received();
    assertThat(take(received, acknowledged(RESPONDER, 2))).isSameAs(received);
    CertificateCase reminded = take(received, turn(Kind.REMINDED, REQUESTER, "again", day(3)));
    assertThat(take(reminded, turn(Kind.REMINDED, REQUESTER, "again", day(4)))).isSameAs(reminded);
  }

  @Test
  void anAssignmentByTheResponderShowsAndOneByTheRequesterDoesNot() {
    assertThat(take(received(), turn(Kind.ASSIGNED, RESPONDER, "who", day(3))).state())
        .isEqualTo(State.ASSIGNED);
    assertThat(take(received(), turn(Kind.ASSIGNED, REQUESTER, "who", day(3))).state())
        .isEqualTo(State.RECEIVED);
  }

  @Test
  void aConsultationThatTheResponderSetsStartsTheLimitThatWaitsForIt() {
    DeadlineRule rule =
        new DeadlineRule(
            "LAE135",
            1,
            List.of(
                new DeadlineRule.Limit(
                    DeadlineRule.StartEvent.CONSULTATION, 14, DeadlineRule.Unit.CALENDAR_DAYS),
                new DeadlineRule.Limit(
                    DeadlineRule.StartEvent.RECEIVED, 30, DeadlineRule.Unit.CALENDAR_DAYS)),
            false,
            false,
            LocalDate.of(2023, 1, 1),
            Optional.empty());
    CertificateCase received =
        take(CaseTurnsSample.sent(CaseId.random(), rule), acknowledged(RESPONDER, 2));
    assertThat(received.deadline().due()).contains(LocalDate.of(2026, 12, 2));

    CertificateCase seen =
        take(received, dated(Kind.ASSIGNED, RESPONDER, "who", 3, LocalDate.of(2026, 11, 10)));
    CertificateCase wished =
        take(received, dated(Kind.ASSIGNED, REQUESTER, "who", 3, LocalDate.of(2026, 11, 10)));

    assertThat(seen.deadline().due()).contains(LocalDate.of(2026, 11, 24));
    assertThat(wished.deadline().due()).contains(LocalDate.of(2026, 12, 2));
  }

  @Test
  void aQuestionOfTheRespondersPausesAndTheAnswerMovesTheLastDayByThePausedDays() {
    CertificateCase asked = take(received(), turn(Kind.QUESTION_ASKED, RESPONDER, "ask", day(4)));
    stands(
        asked,
        State.AWAITING_CLARIFICATION,
        Whose.REQUESTER,
        Deadline.State.PAUSED,
        Optional.of(LAST_DAY));

    CertificateCase answered =
        take(asked, turn(Kind.QUESTION_ANSWERED, REQUESTER, "answer", day(9)));
    stands(
        answered,
        State.RECEIVED,
        Whose.RESPONDER,
        Deadline.State.RUNNING,
        Optional.of(LAST_DAY.plusDays(5)));
  }

  @Test
  void aQuestionOfTheRequestersPausesNothing() {
    CertificateCase asked = take(received(), turn(Kind.QUESTION_ASKED, REQUESTER, "ask", day(4)));
    stands(asked, State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(LAST_DAY));
    CertificateCase replied = take(asked, turn(Kind.REPLIED, RESPONDER, "reply", day(5)));
    assertThat(replied.turn()).isEqualTo(Whose.RESPONDER);
    assertThat(take(replied, turn(Kind.QUESTION_ANSWERED, RESPONDER, "answer", day(6))).turn())
        .isEqualTo(Whose.REQUESTER);
  }

  @Test
  void aSecondQuestionDoesNotBeginAnotherPauseAndAReplyEndsIt() {
    CertificateCase asked =
        take(
            received(),
            turn(Kind.QUESTION_ASKED, RESPONDER, "one", day(4)),
            turn(Kind.QUESTION_ASKED, RESPONDER, "two", day(6)));
    CertificateCase replied = take(asked, turn(Kind.REPLIED, RESPONDER, "reply", day(8)));

    assertThat(replied.standing().pauses())
        .containsExactly(new Pause(LocalDate.of(2026, 11, 4), LocalDate.of(2026, 11, 8)));
    stands(
        replied,
        State.REPLIED,
        Whose.REQUESTER,
        Deadline.State.MET,
        Optional.of(LAST_DAY.plusDays(4)));
  }

  @Test
  void aPauseAfterTheLastDayDoesNotSaveTheDeadline() {
    CertificateCase asked = take(received(), turn(Kind.QUESTION_ASKED, RESPONDER, "ask", day(18)));
    assertThat(asked.state()).isEqualTo(State.AWAITING_CLARIFICATION);
    assertThat(asked.deadline().at(day(18)).state()).isEqualTo(Deadline.State.MISSED);

    CertificateCase replied =
        take(
            asked,
            turn(Kind.QUESTION_ANSWERED, REQUESTER, "answer", day(20)),
            turn(Kind.REPLIED, RESPONDER, "reply", day(21)));
    stands(replied, State.REPLIED, Whose.REQUESTER, Deadline.State.MISSED, Optional.of(LAST_DAY));
  }

  @Test
  void aReplyOnTheLastDayIsInTimeAndOneAfterItIsMissed() {
    assertThat(take(received(), turn(Kind.REPLIED, RESPONDER, "reply", day(16))).deadline().state())
        .isEqualTo(Deadline.State.MET);
    assertThat(take(received(), turn(Kind.REPLIED, RESPONDER, "reply", day(17))).deadline().state())
        .isEqualTo(Deadline.State.MISSED);
  }

  @Test
  void refusesAnAnswerToAQuestionThatNobodyAsked() {
    CertificateCase asked = take(received(), turn(Kind.QUESTION_ASKED, RESPONDER, "ask", day(4)));
    refused(
        received(),
        turn(Kind.QUESTION_ANSWERED, REQUESTER, "answer", day(5)),
        RefusalReason.CASE_STATE_FORBIDS);
    refused(
        asked,
        turn(Kind.QUESTION_ANSWERED, RESPONDER, "answer", day(5)),
        RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void anInterimReplyMovesNothingUnlessTheRequesterAcceptsItsDate() {
    LocalDate later = LocalDate.of(2026, 12, 14);
    CertificateCase interim =
        take(received(), dated(Kind.INTERIM_REPLIED, RESPONDER, "interim", 4, later));
    stands(interim, State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(LAST_DAY));
    assertThat(interim.standing().expectedBy()).contains(later);

    CertificateCase accepted = take(interim, accepts("interim", 5, later));
    stands(accepted, State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(later));
    refused(received(), accepts("interim", 5, later), RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void acceptingADateThatIsEarlierThanTheLastDayTakesNoTimeAway() {
    LocalDate earlier = LAST_DAY.minusDays(5);
    CertificateCase accepted =
        take(
            received(),
            dated(Kind.INTERIM_REPLIED, RESPONDER, "interim", 4, earlier),
            accepts("interim", 5, earlier));

    stands(
        accepted, State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(LAST_DAY));
  }

  @Test
  void anInterimReplyThatCrossesTheReplyChangesNothing() {
    CertificateCase replied = take(received(), turn(Kind.REPLIED, RESPONDER, "reply", day(5)));
    CertificateCase crossed =
        take(
            replied,
            dated(Kind.INTERIM_REPLIED, RESPONDER, "interim", 6, LocalDate.of(2026, 12, 14)),
            turn(Kind.REMINDED, REQUESTER, "reminder", day(6)));
    stands(crossed, State.REPLIED, Whose.REQUESTER, Deadline.State.MET, Optional.of(LAST_DAY));
    assertThat(crossed.standing().expectedBy()).isEmpty();
  }

  @Test
  void aRetractionReopensTheCaseWithTheOldLastDay() {
    CertificateCase retracted =
        take(
            received(),
            turn(Kind.REPLIED, RESPONDER, "reply", day(5)),
            turn(Kind.FILED, REQUESTER, "filed", day(6)),
            about(Kind.RETRACTED, "retraction", "reply", 20));
    stands(
        retracted, State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(LAST_DAY));
    assertThat(retracted.deadline().at(day(20)).state()).isEqualTo(Deadline.State.MISSED);
    assertThat(retracted.standing().reply()).isEmpty();
  }

  @Test
  void aCorrectionAfterFilingIsToBeFiledAgainAndDoesNotMakeTheReplyLate() {
    CertificateCase corrected =
        take(
            received(),
            turn(Kind.REPLIED, RESPONDER, "reply", day(5)),
            turn(Kind.FILED, REQUESTER, "filed", day(6)),
            about(Kind.CORRECTED, "correction", "reply", 25));
    stands(corrected, State.REPLIED, Whose.REQUESTER, Deadline.State.MET, Optional.of(LAST_DAY));
    assertThat(corrected.standing().reply()).contains(new LetterId("correction"));
    assertThat(take(corrected, about(Kind.CORRECTED, "next", "correction", 26)).state())
        .isEqualTo(State.REPLIED);
  }

  @Test
  void refusesToCorrectOrRetractWhatWasNeverSentOrNoLongerCounts() {
    CertificateCase replied = take(received(), turn(Kind.REPLIED, RESPONDER, "reply", day(5)));
    CertificateCase again =
        take(
            replied,
            about(Kind.RETRACTED, "retraction", "reply", 6),
            turn(Kind.REPLIED, RESPONDER, "second", day(7)));

    refused(replied, about(Kind.CORRECTED, "c", "other", 8), RefusalReason.REPLY_UNKNOWN);
    refused(replied, about(Kind.RETRACTED, "r", "other", 8), RefusalReason.REPLY_UNKNOWN);
    refused(again, about(Kind.RETRACTED, "r", "reply", 8), RefusalReason.CASE_STATE_FORBIDS);
    refused(
        replied, turn(Kind.REPLIED, RESPONDER, "second", day(8)), RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void filingByTheResponderAloneLeavesTheCaseReplied() {
    CertificateCase replied = take(received(), turn(Kind.REPLIED, RESPONDER, "reply", day(5)));
    CertificateCase half = take(replied, turn(Kind.FILED, RESPONDER, "theirs", day(6)));
    stands(half, State.REPLIED, Whose.REQUESTER, Deadline.State.MET, Optional.of(LAST_DAY));
    assertThat(take(half, turn(Kind.FILED, REQUESTER, "ours", day(7))).state())
        .isEqualTo(State.FILED);
  }

  @Test
  void aForwardLeavesTheQuestionsOfBeforeBehind() {
    CertificateCase asked =
        take(
            received(),
            turn(Kind.QUESTION_ASKED, RESPONDER, "from-unit", day(2)),
            turn(Kind.QUESTION_ASKED, REQUESTER, "to-unit", day(3)));

    CertificateCase forwarded = take(asked, forward(5));

    assertThat(
            CaseRules.refusal(forwarded, turn(Kind.QUESTION_ANSWERED, REQUESTER, "answer", day(6))))
        .contains(RefusalReason.CASE_STATE_FORBIDS);
    assertThat(
            CaseRules.refusal(
                forwarded, turn(Kind.QUESTION_ANSWERED, OTHER_UNIT, "answer", day(6))))
        .contains(RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void aRefusedRequestIsTheRequestersTurnUntilSomebodyHasIt() {
    CertificateCase refused = take(sent(), refused(RESPONDER, 1));

    assertThat(refused.state()).isEqualTo(State.SENT);
    assertThat(refused.turn()).isEqualTo(Whose.REQUESTER);
    // Of another that has its place no longer, nothing follows.
    CertificateCase forwarded = take(received(), forward(5), refused(RESPONDER, 6));
    assertThat(forwarded.turn()).isEqualTo(Whose.GATEWAY);
    assertThat(take(forwarded, refused(OTHER_UNIT, 7)).turn()).isEqualTo(Whose.REQUESTER);
    assertThat(take(refused, acknowledged(RESPONDER, 8)).turn()).isEqualTo(Whose.RESPONDER);
    assertThat(take(refused, forward(9)).turn()).isEqualTo(Whose.GATEWAY);
  }

  @Test
  void aForwardGivesTheCaseToTheNewUnitWhoseReceiptMovesNoLastDay() {
    CertificateCase forwarded = take(received(), forward(5));
    stands(
        forwarded, State.FORWARDED, Whose.GATEWAY, Deadline.State.RUNNING, Optional.of(LAST_DAY));
    assertThat(forwarded.responder()).isEqualTo(OTHER_UNIT);
    assertThat(forwarded.involves(RESPONDER)).isTrue();
    assertThat(forwarded.isParty(RESPONDER)).isFalse();
    assertThat(take(forwarded, acknowledged(RESPONDER, 6)).state()).isEqualTo(State.FORWARDED);

    stands(
        take(forwarded, acknowledged(OTHER_UNIT, 6)),
        State.RECEIVED,
        Whose.RESPONDER,
        Deadline.State.RUNNING,
        Optional.of(LAST_DAY));
  }

  @Test
  void aForwardEndsThePauseAndGoesOnlyToAThirdParty() {
    CertificateCase asked = take(received(), turn(Kind.QUESTION_ASKED, RESPONDER, "ask", day(4)));
    CertificateCase forwarded = take(asked, forward(6));
    assertThat(forwarded.standing().pausedFrom()).isEmpty();
    assertThat(forwarded.deadline().due()).contains(LAST_DAY.plusDays(2));
    for (PartyId to : List.of(REQUESTER, RESPONDER)) {
      refused(asked, forwardTo(to, 6), RefusalReason.CASE_STATE_FORBIDS);
    }
  }

  @Test
  void aRequestThatIsAcknowledgedAfterItsReplyIsReplied() {
    CertificateCase replied = take(sent(), turn(Kind.REPLIED, RESPONDER, "reply", day(5)));
    assertThat(replied.deadline().state()).isEqualTo(Deadline.State.MET);
    CertificateCase crossed = take(replied, acknowledged(RESPONDER, 6));
    assertThat(crossed.state()).isEqualTo(State.REPLIED);
    assertThat(crossed.turn()).isEqualTo(Whose.REQUESTER);
    assertThat(crossed.deadline().state()).isEqualTo(Deadline.State.MET);
    assertThat(crossed.standing().receivedAt()).contains(day(6));
  }

  @ParameterizedTest
  @EnumSource(names = {"RETURNED", "CANCELLED", "CONSENT_WITHDRAWN", "CONSENT_LAPSED"})
  void anEndWithoutAReplyVoidsTheDeadlineAndLetsNoReplyIn(Kind kind) {
    CertificateCase received = received();
    CertificateCase ended = take(received, CasesInEveryState.fitting(kind, received));
    assertThat(ended.state().name()).isEqualTo(kind.name());
    assertThat(ended.deadline())
        .isEqualTo(new Deadline(Deadline.State.VOID, "PSYK125-14D/1", Optional.of(LAST_DAY)));
    refused(ended, turn(Kind.REPLIED, RESPONDER, "late", day(9)), RefusalReason.CASE_STATE_FORBIDS);
    assertThat(ended.turn()).isEqualTo(kind == Kind.RETURNED ? Whose.REQUESTER : Whose.NONE);
    assertThat(take(ended, turn(Kind.FILED, REQUESTER, "filed", day(9))).turn())
        .isEqualTo(Whose.NONE);
  }

  @Test
  void aConsentThatIsWithdrawnAfterTheReplyLeavesTheDeadlineMet() {
    CertificateCase withdrawn =
        take(
            received(),
            turn(Kind.REPLIED, RESPONDER, "reply", day(5)),
            turn(Kind.CONSENT_WITHDRAWN, REQUESTER, "withdrawn", day(6)));
    stands(
        withdrawn, State.CONSENT_WITHDRAWN, Whose.NONE, Deadline.State.MET, Optional.of(LAST_DAY));
  }

  @Test
  void aLetterOfAnEarlierTimeTakesItsPlaceThoughItIsToldLate() {
    CertificateCase answeredLast =
        take(
            received(),
            turn(Kind.QUESTION_ASKED, RESPONDER, "ask", day(4)),
            turn(Kind.REPLIED, RESPONDER, "reply", day(12)),
            turn(Kind.QUESTION_ANSWERED, REQUESTER, "answer", day(6)));
    assertThat(answeredLast.standing().pauses())
        .containsExactly(new Pause(LocalDate.of(2026, 11, 4), LocalDate.of(2026, 11, 6)));
    assertThat(answeredLast.deadline().due()).contains(LAST_DAY.plusDays(2));
  }

  @Test
  void remindersAreCountedAndNoticesAreNot() {
    String notice = FollowUpStep.NOTICE.codeFor(LAST_DAY);
    CertificateCase reminded =
        take(
            received(),
            coded(Kind.REMINDED, REQUESTER, "notice", 13, notice),
            turn(Kind.REMINDED, REQUESTER, "by-hand", day(14)));
    assertThat(reminded.standing().reminders()).isEqualTo(1);
    assertThat(reminded.standing().followedUp()).containsExactly(notice);
    stands(
        reminded, State.RECEIVED, Whose.RESPONDER, Deadline.State.RUNNING, Optional.of(LAST_DAY));
  }

  @Test
  void theSuccessorOfAPartyTakesItsPlaceAndTheFormerOneStillSeesTheCase() {
    CertificateCase succeeded = take(received(), Turn.succeeded(RESPONDER, SUCCESSOR, day(5)));
    assertThat(succeeded.responder()).isEqualTo(SUCCESSOR);
    assertThat(succeeded.involves(RESPONDER)).isTrue();
    stands(
        take(succeeded, turn(Kind.REPLIED, SUCCESSOR, "reply", day(6))),
        State.REPLIED,
        Whose.REQUESTER,
        Deadline.State.MET,
        Optional.of(LAST_DAY));
  }

  @Test
  void theReceiptOfARequestCountsForTheSuccessorOfTheOneThatGotIt() {
    CertificateCase succeeded = take(sent(), Turn.succeeded(RESPONDER, SUCCESSOR, day(3)));
    assertThat(take(succeeded, acknowledged(RESPONDER, 4)).state()).isEqualTo(State.RECEIVED);
  }

  @Test
  void anEndThatIsToldLateTakesBackNothingThatWasSaidMeanwhile() {
    CertificateCase replied = take(received(), turn(Kind.REPLIED, RESPONDER, "reply", day(5)));
    CertificateCase succeeded = take(replied, Turn.succeeded(RESPONDER, SUCCESSOR, day(3)));
    assertThat(succeeded.state()).isEqualTo(State.REPLIED);
    assertThat(succeeded.responder()).isEqualTo(SUCCESSOR);
  }

  private static CertificateCase received() {
    return take(sent(), acknowledged(RESPONDER, 2));
  }

  /** Eleven o'clock on that day of November 2026. */
  private static Instant day(int day) {
    return LocalDate.of(2026, 11, day).atTime(11, 0).atZone(DeadlineRule.ZONE).toInstant();
  }

  private static Turn refused(PartyId by, int day) {
    return Turn.ofAcknowledgement(Kind.REFUSED, REQUEST, by, day(day));
  }

  private static Turn acknowledged(PartyId by, int day) {
    return Turn.ofAcknowledgement(Turn.Kind.ACKNOWLEDGED, REQUEST, by, day(day));
  }

  private static Turn forward(int day) {
    return forwardTo(OTHER_UNIT, day);
  }

  private static Turn forwardTo(PartyId to, int day) {
    return turn(
        Kind.FORWARDED,
        RESPONDER,
        "forward",
        day(day),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(to));
  }

  private static Turn about(Kind kind, String letter, String about, int day) {
    return turn(
        kind,
        RESPONDER,
        letter,
        day(day),
        "",
        Optional.of(about),
        Optional.empty(),
        Optional.empty());
  }

  private static Turn dated(Kind kind, PartyId by, String letter, int day, LocalDate date) {
    return turn(
        kind, by, letter, day(day), "", Optional.empty(), Optional.of(date), Optional.empty());
  }

  private static Turn coded(Kind kind, PartyId by, String letter, int day, String code) {
    return turn(
        kind, by, letter, day(day), code, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Turn accepts(String interim, int day, LocalDate date) {
    return new Turn(
        Kind.INTERIM_ACCEPTED,
        day(day),
        Optional.of(REQUESTER),
        Optional.empty(),
        "",
        Optional.of(new LetterId(interim)),
        Optional.of(date),
        Optional.empty());
  }

  private static void refused(CertificateCase known, Turn turn, RefusalReason reason) {
    assertThat(CaseRules.refusal(known, turn)).contains(reason);
  }

  private static void stands(
      CertificateCase known,
      State state,
      Whose turn,
      Deadline.State deadline,
      Optional<LocalDate> due) {
    assertThat(known.state()).isEqualTo(state);
    assertThat(known.turn()).isEqualTo(turn);
    assertThat(known.deadline().state()).isEqualTo(deadline);
    assertThat(known.deadline().due()).isEqualTo(due);
  }
}
