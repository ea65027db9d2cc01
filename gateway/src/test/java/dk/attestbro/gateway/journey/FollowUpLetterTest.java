package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Commit;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FollowUpLetterTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Duration WAIT = Duration.ofMinutes(30);

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void doesNothingBeforeTheWaitIsOver() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(WAIT.minusSeconds(1));

    assertThat(gateway.followUp.due()).isZero();

    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.AWAITING);
  }

  @Test
  void sendsTheLetterAgainInANewEnvelopeThatIsRecordedFirst() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(WAIT);

    gateway.followUp.due();

    MessageReading again = gateway.openLetter.read(ref).orElseThrow();
    assertThat(again.letterId()).isEqualTo(ref.id());
    assertThat(again.bundleId()).contains(gateway.row(ref).bundleId());
    assertThat(gateway.records.letterInEnvelope(ODENSE.id(), gateway.row(ref).bundleId()))
        .contains(ref);
    assertThat(gateway.row(ref).resends()).isEqualTo(1);
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(again.contentDigest()).isEqualTo(gateway.letter(ref).contentDigest());
  }

  @Test
  void sendsAgainAfterATransientErrorAsIfTheAcknowledgementWereMissing() {
    LetterRef ref = gateway.sent(request);
    gateway.post(
        MIDT,
        messages.acknowledgement(
            request, AcknowledgementCode.TRANSIENT_ERROR, MediaType.FHIR_JSON));
    gateway.clock.pass(WAIT);

    gateway.followUp.due();

    assertThat(gateway.row(ref).resends()).isEqualTo(1);
  }

  @Test
  void givesUpAfterTheLastResendAndTellsTheSenderExactlyOnce() {
    LetterRef ref = gateway.sent(request);
    for (int resend = 0; resend < 2; resend++) {
      gateway.clock.pass(WAIT);
      gateway.followUp.due();
      gateway.deliverAll();
    }
    gateway.clock.pass(WAIT);
    gateway.followUp.due();

    gateway.followUp.due();

    assertThat(gateway.delivered).hasSize(3);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.letter(ref).problems())
        .extracting(Problem::reason)
        .containsExactly(RefusalReason.NOT_ACKNOWLEDGED);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
    assertThat(gateway.alarms).hasSize(1);
  }

  @Test
  void leavesResendingToASenderThatDoesItItself() {
    gateway.change(Parties.resendingItself(ODENSE));
    LetterRef ref = gateway.sent(request);
    assertThat(gateway.row(ref).dueAt()).isEqualTo(TestGateway.NOW.plus(WAIT.multipliedBy(3)));
    gateway.clock.pass(WAIT.multipliedBy(3));

    gateway.followUp.due();

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.delivered).hasSize(1);
  }

  @Test
  void endsALetterWhoseTimeToLiveIsOverBeforeItWasDelivered() {
    LetterRef ref = gateway.recorded(request);
    gateway.operate.pause(MIDT.id(), "planned work", "operator");
    gateway.clock.pass(Duration.ofDays(7));

    gateway.followUp.due();

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.letter(ref).problems())
        .extracting(Problem::reason)
        .containsExactly(RefusalReason.TIME_TO_LIVE_ENDED, RefusalReason.NEVER_DELIVERED);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
  }

  @Test
  void leavesAliveWhatWasAcknowledgedJustBeforeTheCommit() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(Duration.ofDays(7));
    gateway.records.before(
        () ->
            gateway.post(
                MIDT,
                messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON)));

    gateway.followUp.due();

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.alarms).isEmpty();
  }

  @Test
  void triesAgainNextTurnWhereTheCommitDidNotComeThrough() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(WAIT);
    gateway.records.nextGives(Commit.STALE);
    gateway.followUp.due();
    assertThat(gateway.row(ref).resends()).isZero();

    gateway.followUp.due();

    assertThat(gateway.row(ref).resends()).isEqualTo(1);
  }

  @Test
  void letsNothingWaitBehindALetterThatCannotBeFollowedUp() {
    LetterRef first = gateway.sent(request);
    gateway.clock.pass(Duration.ofMinutes(1));
    LetterRef second = gateway.sent(TestGateway.newCase().request(MediaType.FHIR_JSON));
    gateway.clock.pass(WAIT);
    gateway.records.nextThrows(new IllegalStateException("the first row's commit"));

    assertThatThrownBy(() -> gateway.followUp.due()).isInstanceOf(IllegalStateException.class);

    assertThat(gateway.row(first).resends()).isZero();
    assertThat(gateway.row(second).resends()).isEqualTo(1);
  }
}
