package dk.attestbro.model;

import static dk.attestbro.model.CaseTurnsSample.OPENED;
import static dk.attestbro.model.CaseTurnsSample.REQUESTER;
import static dk.attestbro.model.CaseTurnsSample.RESPONDER;
import static dk.attestbro.model.CaseTurnsSample.sent;
import static dk.attestbro.model.CaseTurnsSample.take;
import static dk.attestbro.model.CaseTurnsSample.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionRulesTest {
  private static final Retention RETENTION = Retention.DEFAULT;
  private static final CertificateCase REPLIED =
      take(sent(), turn(Turn.Kind.REPLIED, RESPONDER, "reply", day(1)));
  private static final Turn REQUESTER_FILES = turn(Turn.Kind.FILED, REQUESTER, "filed-1", day(2));
  private static final Turn RESPONDER_FILES = turn(Turn.Kind.FILED, RESPONDER, "filed-2", day(4));

  @Test
  void anOpenCaseGoesOnlyAtTheLongestTime() {
    assertThat(RetentionRules.goesAfterEnd(sent(), RETENTION)).isEmpty();
    assertThat(RetentionRules.goes(sent(), RETENTION))
        .isEqualTo(Instant.parse("2028-05-02T08:00:00Z"));
  }

  @Test
  void aReplyThatNobodyFiledGoesOnlyAtTheLongestTime() {
    assertThat(RetentionRules.goesAfterEnd(REPLIED, RETENTION)).isEmpty();
  }

  @Test
  void aReplyThatOneSideFiledGoesOnlyAtTheLongestTime() {
    assertThat(RetentionRules.goesAfterEnd(take(REPLIED, REQUESTER_FILES), RETENTION)).isEmpty();
    assertThat(RetentionRules.goesAfterEnd(take(REPLIED, RESPONDER_FILES), RETENTION)).isEmpty();
  }

  @Test
  void aCaseGoesThirtyDaysAfterTheSecondSideFiled() {
    CertificateCase filed = take(REPLIED, REQUESTER_FILES, RESPONDER_FILES);

    assertThat(RetentionRules.goesAfterEnd(filed, RETENTION)).contains(day(34));
    assertThat(RetentionRules.goes(filed, RETENTION)).isEqualTo(day(34));
  }

  @Test
  void aCaseThatWasRetractedAfterItWasFiledIsOpenAgain() {
    CertificateCase filed = take(REPLIED, REQUESTER_FILES, RESPONDER_FILES);
    CertificateCase retracted =
        take(
            filed,
            turn(
                Turn.Kind.RETRACTED,
                RESPONDER,
                "retraction",
                day(5),
                "",
                Optional.of("reply"),
                Optional.empty(),
                Optional.empty()));

    assertThat(retracted.state().isOpen()).isTrue();
    assertThat(RetentionRules.goesAfterEnd(retracted, RETENTION)).isEmpty();
  }

  @Test
  void aCorrectedReplyMustBeFiledAgain() {
    CertificateCase filed = take(REPLIED, REQUESTER_FILES, RESPONDER_FILES);
    CertificateCase corrected =
        take(
            filed,
            turn(
                Turn.Kind.CORRECTED,
                RESPONDER,
                "correction",
                day(5),
                "",
                Optional.of("reply"),
                Optional.empty(),
                Optional.empty()));

    assertThat(RetentionRules.goesAfterEnd(corrected, RETENTION)).isEmpty();
    assertThat(
            RetentionRules.goesAfterEnd(
                take(corrected, turn(Turn.Kind.FILED, REQUESTER, "filed-3", day(6))), RETENTION))
        .contains(day(36));
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "CONSENT_WITHDRAWN"})
  void aCaseThatTheRequesterEndedGoesThirtyDaysAfterItsEnd(Turn.Kind end) {
    assertThat(
            RetentionRules.goesAfterEnd(
                take(sent(), turn(end, REQUESTER, "end", day(3))), RETENTION))
        .contains(day(33));
  }

  @Test
  void aReturnedCaseGoesThirtyDaysAfterItsEnd() {
    assertThat(
            RetentionRules.goesAfterEnd(
                take(sent(), turn(Turn.Kind.RETURNED, RESPONDER, "returned", day(3))), RETENTION))
        .contains(day(33));
  }

  @Test
  void aCaseWhoseConsentHasLapsedGoesThirtyDaysAfterItsEnd() {
    CertificateCase lapsed = take(sent(), Turn.ofGateway(Turn.Kind.CONSENT_LAPSED, day(3), ""));

    assertThat(RetentionRules.goesAfterEnd(lapsed, RETENTION)).contains(day(33));
  }

  @ParameterizedTest
  @EnumSource(names = {"ACKNOWLEDGED", "REFUSED_BY_RECEIVER", "DEAD", "CLOSED", "REFUSED"})
  void aLetterAtItsEndGoesThirtyDaysLater(LetterStatus status) {
    Letter letter = Letters.letter(status);

    assertThat(RetentionRules.isAtItsEnd(letter)).isTrue();
    assertThat(RetentionRules.goes(letter, Optional.of(day(3)), RETENTION)).isEqualTo(day(33));
  }

  @ParameterizedTest
  @EnumSource(names = {"RECORDED", "QUEUED", "SENT"})
  void aLetterUnderWayGoesOnlyAtTheLongestTime(LetterStatus status) {
    Letter letter = Letters.letter(status);

    assertThat(RetentionRules.isAtItsEnd(letter)).isFalse();
    assertThat(RetentionRules.goes(letter, Optional.empty(), RETENTION))
        .isEqualTo(Instant.parse("2028-05-02T08:00:00Z"));
  }

  @Test
  void noLetterIsHeldLongerThanTheLongestTime() {
    Letter letter = Letters.letter(LetterStatus.ACKNOWLEDGED);

    assertThat(RetentionRules.goes(letter, Optional.of(day(700)), RETENTION))
        .isEqualTo(RetentionRules.longest(letter, RETENTION));
  }

  @Test
  void daysAreCountedInCopenhagenOverTheChangeToSummerTime() {
    Retention aMonth = new Retention(Period.ofDays(30), Period.ofMonths(1));
    Instant winter = Instant.parse("2027-03-10T11:00:00Z");

    assertThat(aMonth.afterEnd(winter)).isEqualTo(Instant.parse("2027-04-09T10:00:00Z"));
    assertThat(aMonth.endedBy(Instant.parse("2027-04-09T10:00:00Z"))).isEqualTo(winter);
    assertThat(aMonth.begunBy(Instant.parse("2027-04-10T10:00:00Z"))).isEqualTo(winter);
  }

  @Test
  void contentsAreHeldForADayAtLeast() {
    for (Period period : List.of(Period.ZERO, Period.ofDays(-1))) {
      assertThatThrownBy(() -> new Retention(period, Period.ofMonths(18)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Instant day(int number) {
    return OPENED.plus(Duration.ofDays(number));
  }
}
