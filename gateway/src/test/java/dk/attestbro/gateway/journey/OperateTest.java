package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Commit;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperateTest {
  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);
  private final LetterRef ref = gateway.recorded(request);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void sendsADeadLetterAgainInANewEnvelope() {
    neverDelivered();

    assertThat(gateway.operate.resend(ref, "receiver is up", "operator")).isEmpty();

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.QUEUED);
    assertThat(gateway.row(ref).bundleId())
        .isNotEqualTo(gateway.letter(ref).bundleId().orElseThrow());
    assertThat(gateway.row(ref).perhapsDelivered()).isFalse();
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.RESENT_BY_OPERATOR);
  }

  @Test
  void doesNotResendALetterThatIsOnItsWay() {
    assertThat(gateway.operate.resend(ref, "too early", "operator").map(Refusal::reason))
        .contains(RefusalReason.STATE_CONFLICT);
  }

  @Test
  void sendsADeadLetterToTheSuccessorOfAReceiverThatHasEnded() {
    neverDelivered();
    PartyId successor = SampleDirectory.SYD.id();
    LocalDate yesterday = LocalDate.ofInstant(TestGateway.NOW, ZoneOffset.UTC).minusDays(1);
    gateway.change(Parties.succeeded(SampleDirectory.MIDT, yesterday, successor));

    assertThat(gateway.operate.redirect(ref, "the unit has moved", "operator")).isEmpty();

    assertThat(gateway.row(ref).receiver()).isEqualTo(successor);
    assertThat(gateway.letter(ref).receiver()).contains(successor);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.QUEUED);
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.REDIRECTED_BY_OPERATOR);
  }

  @Test
  void sendsADeadLetterByTheFallbackOfAReceiverThatIsThere() {
    neverDelivered();
    gateway.change(
        Parties.withFallback(
            SampleDirectory.MIDT, Duration.ofHours(4), Parties.byMail("post@midt.example")));

    assertThat(gateway.operate.redirect(ref, "their system is down", "operator")).isEmpty();

    gateway.deliverAll();
    assertThat(gateway.channels).containsSubsequence(Endpoint.Channel.HTTPS, Endpoint.Channel.MAIL);
    assertThat(gateway.letter(ref).receiver()).contains(SampleDirectory.MIDT.id());
  }

  @Test
  void doesNotRedirectALetterThatHasNoOtherWay() {
    neverDelivered();

    assertThat(gateway.operate.redirect(ref, "try", "operator").map(Refusal::reason))
        .contains(RefusalReason.NO_WAY);
  }

  @Test
  void closesALetterProvenNeverDeliveredWithAFatalErrorToItsSender() {
    neverDelivered();

    gateway.operate.close(ref, "unit is gone", "operator");

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.CLOSED);
    assertThat(gateway.letter(ref).acknowledgement().orElseThrow().code())
        .isEqualTo(AcknowledgementCode.FATAL_ERROR);
    assertThat(gateway.acknowledgementsTo(SampleDirectory.ODENSE)).hasSize(2);
  }

  @Test
  void closesALetterThatPerhapsArrivedWithoutTellingItsSenderThatItDidNot() {
    gateway.deliverAll();
    gateway.clock.pass(Duration.ofDays(8));
    gateway.followUp.due();

    gateway.operate.close(ref, "asked by phone", "operator");

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.CLOSED);
    assertThat(gateway.letter(ref).acknowledgement()).isEmpty();
    assertThat(gateway.acknowledgementsTo(SampleDirectory.ODENSE)).hasSize(1);
  }

  @Test
  void doesNotResendAClosedLetter() {
    neverDelivered();
    gateway.operate.close(ref, "unit is gone", "operator");

    assertThat(gateway.operate.resend(ref, "changed my mind", "operator").map(Refusal::reason))
        .contains(RefusalReason.STATE_CONFLICT);
  }

  @Test
  void saysSoWhereSomeoneElseWasQuicker() {
    neverDelivered();
    gateway.records.nextGives(Commit.STALE);

    assertThat(gateway.operate.close(ref, "unit is gone", "operator").map(Refusal::reason))
        .contains(RefusalReason.STATE_CONFLICT);
  }

  @Test
  void keepsTheDigestOfTheReasonAndNotItsWords() {
    gateway.operate.pause(SampleDirectory.MIDT.id(), "Bruno Elmer called", "operator");

    assertThat(gateway.records.evidence("party:psychiatry-midt"))
        .singleElement()
        .satisfies(
            link ->
                assertThat(link.entry().detail())
                    .startsWith("operator reason-sha256=")
                    .doesNotContain("Elmer"));
  }

  private void neverDelivered() {
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));
    gateway.deliverAll();
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
  }
}
