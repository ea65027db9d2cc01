package dk.attestbro.model;

import static dk.attestbro.model.CaseTurnsSample.REQUEST;
import static dk.attestbro.model.CaseTurnsSample.REQUESTER;
import static dk.attestbro.model.CaseTurnsSample.RESPONDER;
import static dk.attestbro.model.CaseTurnsSample.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Turn.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Days are those of November 2026, and of Easter 2027. */
class FollowUpRulesTest {
  private static final LocalDate MONDAY_LAST_DAY = LocalDate.of(2026, 11, 16);
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
  private static final LocalDate WEDNESDAY_BEFORE_EASTER = LocalDate.of(2027, 3, 24);
  private static final WorkCalendar DANISH = danish();

  @Test
  void givesNoticeThreeDaysBeforeTheLastDay() {
    CertificateCase open = dueOn(MONDAY_LAST_DAY);
    assertThat(due(open, MONDAY_LAST_DAY.minusDays(4))).isEmpty();
    assertThat(due(open, MONDAY_LAST_DAY.minusDays(3))).contains(FollowUpStep.NOTICE);
    assertThat(due(open, MONDAY_LAST_DAY)).contains(FollowUpStep.NOTICE);
    assertThat(due(taken(open, FollowUpStep.NOTICE), MONDAY_LAST_DAY)).isEmpty();
  }

  @Test
  void remindsFirstOnTheWorkingDayAfterTheLastDay() {
    CertificateCase monday = taken(dueOn(MONDAY_LAST_DAY), FollowUpStep.NOTICE);
    assertThat(due(monday, MONDAY_LAST_DAY.plusDays(1))).contains(FollowUpStep.FIRST_REMINDER);

    CertificateCase friday = taken(dueOn(FRIDAY), FollowUpStep.NOTICE);
    assertThat(due(friday, FRIDAY.plusDays(2))).isEmpty();
    assertThat(due(friday, FRIDAY.plusDays(3))).contains(FollowUpStep.FIRST_REMINDER);
  }

  @Test
  void waitsOverEasterWithTheFirstReminder() {
    CertificateCase open = taken(dueOn(WEDNESDAY_BEFORE_EASTER), FollowUpStep.NOTICE);
    assertThat(due(open, LocalDate.of(2027, 3, 29))).isEmpty();
    assertThat(due(open, LocalDate.of(2027, 3, 30))).contains(FollowUpStep.FIRST_REMINDER);
  }

  @Test
  void remindsAgainAfterSevenDaysAndEscalatesAfterFourteen() {
    CertificateCase open =
        taken(dueOn(MONDAY_LAST_DAY), FollowUpStep.NOTICE, FollowUpStep.FIRST_REMINDER);
    assertThat(due(open, MONDAY_LAST_DAY.plusDays(6))).isEmpty();
    assertThat(due(open, MONDAY_LAST_DAY.plusDays(7))).contains(FollowUpStep.SECOND_REMINDER);

    CertificateCase twice = taken(open, FollowUpStep.SECOND_REMINDER);
    assertThat(due(twice, MONDAY_LAST_DAY.plusDays(13))).isEmpty();
    assertThat(due(twice, MONDAY_LAST_DAY.plusDays(14))).contains(FollowUpStep.ESCALATION);
    assertThat(due(taken(twice, FollowUpStep.ESCALATION), MONDAY_LAST_DAY.plusDays(99))).isEmpty();
  }

  @Test
  void leavesOutAStepThatIsOff() {
    CertificateCase open = dueOn(MONDAY_LAST_DAY);
    FollowUpSchedule none = FollowUpSchedule.DEFAULT.withoutReminders();
    assertThat(FollowUpRules.due(open, none, DANISH, MONDAY_LAST_DAY.plusDays(13))).isEmpty();
    assertThat(FollowUpRules.due(open, none, DANISH, MONDAY_LAST_DAY.plusDays(14)))
        .contains(FollowUpStep.ESCALATION);
    assertThat(
            FollowUpRules.due(
                open, new FollowUpSchedule(0, 0, 0, 0), DANISH, MONDAY_LAST_DAY.plusDays(99)))
        .isEmpty();
  }

  @Test
  void leavesOutWhatAnOutageHasMadeObsolete() {
    CertificateCase open = dueOn(MONDAY_LAST_DAY);
    assertThat(due(open, MONDAY_LAST_DAY.plusDays(8))).contains(FollowUpStep.SECOND_REMINDER);
    CertificateCase reminded = taken(open, FollowUpStep.SECOND_REMINDER);
    assertThat(due(reminded, MONDAY_LAST_DAY.plusDays(9))).isEmpty();
    assertThat(due(open, MONDAY_LAST_DAY.plusDays(20))).contains(FollowUpStep.ESCALATION);
  }

  @Test
  void givesNoNoticeOnceTheLastDayIsOver() {
    CertificateCase open = dueOn(FRIDAY);
    assertThat(due(open, FRIDAY.plusDays(1))).isEmpty();
    assertThat(due(open, FRIDAY.plusDays(3))).contains(FollowUpStep.FIRST_REMINDER);
  }

  @Test
  void doesNothingWhileTheDeadlineIsPausedOrNotYetStartedOrTheReplyIsThere() {
    CertificateCase open = dueOn(MONDAY_LAST_DAY);
    Instant later = open.updatedAt().plusSeconds(60);
    CertificateCase asked =
        CaseTurnsSample.take(open, turn(Kind.QUESTION_ASKED, RESPONDER, "ask", later));
    CertificateCase replied =
        CaseTurnsSample.take(open, turn(Kind.REPLIED, RESPONDER, "reply", later));

    assertThat(due(asked, MONDAY_LAST_DAY.plusDays(30))).isEmpty();
    assertThat(due(replied, MONDAY_LAST_DAY.plusDays(30))).isEmpty();
    assertThat(due(CaseTurnsSample.sent(), MONDAY_LAST_DAY.plusDays(30))).isEmpty();
  }

  @Test
  void beginsAgainForALastDayThatHasMoved() {
    CertificateCase noticed = taken(dueOn(MONDAY_LAST_DAY), FollowUpStep.NOTICE);
    Instant asked = noticed.updatedAt().plusSeconds(60);
    CertificateCase moved =
        CaseTurnsSample.take(
            noticed,
            turn(Kind.QUESTION_ASKED, RESPONDER, "ask", asked),
            turn(Kind.QUESTION_ANSWERED, REQUESTER, "answer", asked.plusSeconds(10 * 86_400)));

    assertThat(moved.deadline().due()).contains(MONDAY_LAST_DAY.plusDays(10));
    assertThat(due(moved, MONDAY_LAST_DAY.plusDays(7))).contains(FollowUpStep.NOTICE);
  }

  @Test
  void aConsentLapsesTheDayAfterItsLastWhileTheReplyIsStillToCome() {
    CertificateCase open = dueOn(MONDAY_LAST_DAY);
    LocalDate lastDay = open.opening().consentUntil().orElseThrow();
    CertificateCase replied =
        CaseTurnsSample.take(
            open, turn(Kind.REPLIED, RESPONDER, "reply", open.updatedAt().plusSeconds(60)));

    assertThat(FollowUpRules.hasLapsed(open, lastDay)).isFalse();
    assertThat(FollowUpRules.hasLapsed(open, lastDay.plusDays(1))).isTrue();
    assertThat(FollowUpRules.hasLapsed(replied, lastDay.plusDays(1))).isFalse();
  }

  private static Optional<FollowUpStep> due(CertificateCase open, LocalDate today) {
    return FollowUpRules.due(open, FollowUpSchedule.DEFAULT, DANISH, today);
  }

  /** A case whose request was received fourteen days before its last day. */
  private static CertificateCase dueOn(LocalDate lastDay) {
    Instant received = lastDay.minusDays(14).atTime(12, 0).atZone(DeadlineRule.ZONE).toInstant();
    CertificateCase open =
        CaseTurnsSample.take(
            CaseTurnsSample.sent(),
            Turn.ofAcknowledgement(Turn.Kind.ACKNOWLEDGED, REQUEST, RESPONDER, received));
    assertThat(open.deadline())
        .isEqualTo(new Deadline(Deadline.State.RUNNING, "PSYK125-14D/1", Optional.of(lastDay)));
    return open;
  }

  private static CertificateCase taken(CertificateCase before, FollowUpStep... steps) {
    CertificateCase after = before;
    for (FollowUpStep step : steps) {
      String code = step.codeFor(before.deadline().due().orElseThrow());
      Instant at = after.updatedAt().plusSeconds(60);
      Turn turn =
          step == FollowUpStep.ESCALATION
              ? Turn.ofGateway(Kind.ESCALATED, at, code)
              : CaseTurnsSample.turn(
                  Kind.REMINDED,
                  REQUESTER,
                  "by-gateway-" + step.ordinal(),
                  at,
                  code,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty());
      after = CaseTurnsSample.take(after, turn);
    }
    return after;
  }

  /** Weekdays, and Easter 2027 from Maundy Thursday to Monday is off. */
  private static WorkCalendar danish() {
    LocalDate thursday = LocalDate.of(2027, 3, 25);
    return day ->
        CaseTurnsSample.WEEKDAYS.isWorkingDay(day)
            && (day.isBefore(thursday) || day.isAfter(thursday.plusDays(4)));
  }
}
