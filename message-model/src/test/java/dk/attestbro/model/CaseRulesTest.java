package dk.attestbro.model;

import static dk.attestbro.model.Letters.NOW;
import static dk.attestbro.model.Letters.RECEIVER;
import static dk.attestbro.model.Letters.REF;
import static dk.attestbro.model.Letters.SENDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CaseRulesTest {
  private static final DeadlineRule RULE = new DeadlineRule("LAE125-14D", 1, 14, false);

  @Test
  void startsTheDeadlineFourteenDaysAfterTheProvenReceipt() {
    CertificateCase received =
        CaseRules.received(sent(), RULE, Instant.parse("2026-12-21T10:00:00Z"));

    assertThat(received.state()).isEqualTo(CertificateCase.State.RECEIVED);
    assertThat(received.deadline().due()).contains(LocalDate.of(2027, 1, 4));
    assertThat(received.deadline().state()).isEqualTo(Deadline.State.RUNNING);
  }

  @Test
  void countsTheDayOfReceiptInCopenhagen() {
    CertificateCase received =
        CaseRules.received(sent(), RULE, Instant.parse("2026-11-01T23:30:00Z"));

    assertThat(received.deadline().due()).contains(LocalDate.of(2026, 11, 16));
  }

  @Test
  void isMissedOnceItsLastDayIsOverInCopenhagen() {
    Deadline running = CaseRules.received(sent(), RULE, NOW).deadline();

    assertThat(running.at(Instant.parse("2026-11-16T22:59:59Z")).state())
        .isEqualTo(Deadline.State.RUNNING);
    assertThat(running.at(Instant.parse("2026-11-16T23:00:00Z")).state())
        .isEqualTo(Deadline.State.MISSED);
  }

  @Test
  void isMetByAReplyInTimeAndMissedByOneTooLate() {
    CertificateCase received = CaseRules.received(sent(), RULE, NOW);

    assertThat(reply(received, NOW.plus(Duration.ofDays(2))).deadline().state())
        .isEqualTo(Deadline.State.MET);
    assertThat(reply(received, NOW.plus(Duration.ofDays(15))).deadline().state())
        .isEqualTo(Deadline.State.MISSED);
  }

  @Test
  void takesAReplyBeforeTheAcknowledgementAndKeepsItWhenThatComes() {
    CertificateCase replied = reply(sent(), NOW);

    assertThat(replied.state()).isEqualTo(CertificateCase.State.REPLIED);
    assertThat(CaseRules.received(replied, RULE, NOW)).isEqualTo(replied);
  }

  @Test
  void endsTheDeadlineOfAReturnedOrCancelledCase() {
    assertThat(
            CaseRules.after(sent(), EventCode.CERTIFICATE_RETURNED, RECEIVER, NOW)
                .deadline()
                .state())
        .isEqualTo(Deadline.State.VOID);
    assertThat(
            CaseRules.after(sent(), EventCode.CERTIFICATE_CANCELLATION, SENDER, NOW)
                .deadline()
                .state())
        .isEqualTo(Deadline.State.VOID);
  }

  @Test
  void isFiledByItsRequesterOnly() {
    CertificateCase replied = reply(sent(), NOW);

    assertThat(CaseRules.after(replied, EventCode.FILED, RECEIVER, NOW).state())
        .isEqualTo(CertificateCase.State.REPLIED);
    assertThat(CaseRules.after(replied, EventCode.FILED, SENDER, NOW).state())
        .isEqualTo(CertificateCase.State.FILED);
  }

  @Test
  void refusesWhatTheCaseIsPast() {
    CertificateCase replied = reply(sent(), NOW);

    assertRefused(replied, EventCode.CERTIFICATE_REPLY, RECEIVER, RefusalReason.CASE_STATE_FORBIDS);
    assertRefused(
        replied, EventCode.CERTIFICATE_CANCELLATION, SENDER, RefusalReason.CASE_STATE_FORBIDS);
    assertRefused(sent(), EventCode.FILED, SENDER, RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void refusesWhatIsTheOtherPartysToSay() {
    assertRefused(sent(), EventCode.CERTIFICATE_REPLY, SENDER, RefusalReason.CASE_PARTY_WRONG);
    assertRefused(
        sent(), EventCode.CERTIFICATE_CANCELLATION, RECEIVER, RefusalReason.CASE_PARTY_WRONG);
  }

  private static void assertRefused(
      CertificateCase before, EventCode event, PartyId by, RefusalReason reason) {
    assertThatThrownBy(() -> CaseRules.after(before, event, by, NOW))
        .isInstanceOfSatisfying(
            MessageRefused.class, e -> assertThat(e.refusal().reason()).isEqualTo(reason));
  }

  private static CertificateCase reply(CertificateCase before, Instant at) {
    return CaseRules.after(before, EventCode.CERTIFICATE_REPLY, RECEIVER, at);
  }

  private static CertificateCase sent() {
    return new CertificateCase(
        CaseId.random(),
        "LAE125",
        0,
        SENDER,
        RECEIVER,
        REF,
        CertificateCase.State.SENT,
        Deadline.notStarted(RULE),
        NOW,
        NOW,
        1);
  }
}
