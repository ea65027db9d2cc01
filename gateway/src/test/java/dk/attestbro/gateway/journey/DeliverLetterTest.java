package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ProtectedMessage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeliverLetterTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party MIDT = SampleDirectory.MIDT;

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);
  private final LetterRef ref = gateway.recorded(request);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void deliversTheBytesAsReceivedAndWaitsForTheAcknowledgement() {
    gateway.deliver.once(gateway.handedOver());

    assertThat(gateway.delivered).hasSize(1);
    assertThat(gateway.delivered.get(0).bytes()).isEqualTo(request.bytes());
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.AWAITING);
    assertThat(gateway.row(ref).dueAt()).isEqualTo(TestGateway.NOW.plus(Duration.ofMinutes(30)));
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.DELIVERED);
  }

  @Test
  void secondCopyDoesNothing() {
    ProtectedMessage message = gateway.handedOver();
    gateway.deliver.once(message);
    int written = gateway.records.written();

    gateway.deliver.once(message);

    assertThat(gateway.delivered).hasSize(1);
    assertThat(gateway.records.written()).isEqualTo(written);
  }

  @Test
  void secondCopyDoesNothingWhileTheFirstIsBeingDelivered() {
    ProtectedMessage message = gateway.handedOver();
    gateway.duringDelivery =
        () -> {
          gateway.duringDelivery = () -> {};
          gateway.deliver.once(message);
        };

    gateway.deliver.once(message);

    assertThat(gateway.delivered).hasSize(1);
  }

  @Test
  void copyWhoseClaimSomeoneElseTookDoesNothing() {
    ProtectedMessage message = gateway.handedOver();
    gateway.records.before(() -> gateway.deliver.once(message));

    gateway.deliver.once(message);

    assertThat(gateway.delivered).hasSize(1);
  }

  @Test
  void lateOutcomeUnderAnOldClaimChangesNothing() {
    ProtectedMessage message = gateway.handedOver();
    gateway.duringDelivery =
        () -> {
          gateway.clock.pass(Duration.ofMinutes(5));
          gateway.handedOver();
        };
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));

    gateway.deliver.once(message);

    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.HANDED_OVER);
    assertThat(gateway.row(ref).perhapsDelivered()).isTrue();
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.QUEUED);
    assertThat(gateway.records.transmissions(ref)).hasSize(1);
  }

  @Test
  void finalAcknowledgementDuringTheDeliveryIsNotOverwrittenBySent() {
    ProtectedMessage message = gateway.handedOver();
    gateway.duringDelivery =
        () -> gateway.post(MIDT, acknowledgement(AcknowledgementCode.FATAL_ERROR));

    gateway.deliver.once(message);

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.REFUSED_BY_RECEIVER);
    assertThat(gateway.records.row(ref)).isEmpty();
  }

  @Test
  void finalAcknowledgementJustBeforeTheOutcomeIsWrittenIsNotOverwritten() {
    ProtectedMessage message = gateway.handedOver();
    gateway.duringDelivery =
        () ->
            gateway.records.before(
                () -> gateway.post(MIDT, acknowledgement(AcknowledgementCode.OK)));

    gateway.deliver.once(message);

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.records.row(ref)).isEmpty();
    assertThat(gateway.records.transmissions(ref))
        .extracting(Transmission::outcome)
        .containsExactly(Transmission.Outcome.DELIVERED);
  }

  @Test
  void givesBackWhatWasProtectedForAnotherEndpoint() {
    ProtectedMessage message = gateway.handedOver();
    gateway.change(Parties.at(MIDT, "https://localhost:9999/fhir/$process-message"));

    gateway.deliver.once(message);

    assertThat(gateway.delivered).isEmpty();
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(gateway.row(ref).attempts()).isZero();
  }

  @Test
  void givesBackWhatIsForAPartyThatWasPaused() {
    ProtectedMessage message = gateway.handedOver();
    gateway.operate.pause(MIDT.id(), "planned work", "operator");

    gateway.deliver.once(message);

    assertThat(gateway.delivered).isEmpty();
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
  }

  @Test
  void putsALetterInAnInboxWhereItWaitsAsLongAsItLives() {
    Payload toInbox = toAarhus();
    LetterRef reply = TestGateway.ref(MIDT, toInbox);

    gateway.deliverAll();

    assertThat(gateway.memory.items(AARHUS.id(), reply.id())).hasSize(1);
    assertThat(gateway.letter(reply).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.row(reply).dueAt()).isEqualTo(gateway.row(reply).expiresAt());
    assertThat(gateway.timeline(reply)).endsWith(TimelineCode.PUT_IN_INBOX);
  }

  @Test
  void acknowledgesForAReceiverThatCannot() {
    gateway.change(Parties.acknowledgedByTransport(MIDT));

    gateway.deliver.once(gateway.handedOver());

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.records.row(ref)).isEmpty();
    Letter told = gateway.acknowledgementsTo(ODENSE).get(0);
    assertThat(told.ref().sender()).isEqualTo(MIDT.id());
    assertThat(told.acknowledges()).contains(ref);
  }

  @Test
  void ordersTheNextAttemptWhereTheReceiverIsDown() {
    gateway.outcomes.add(new DeliveryOutcome.TransientFailure("HTTP_503"));

    gateway.deliver.once(gateway.handedOver());

    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(gateway.row(ref).dueAt()).isEqualTo(TestGateway.NOW.plus(Duration.ofMinutes(1)));
    assertThat(gateway.row(ref).perhapsDelivered()).isFalse();
    assertThat(gateway.records.transmissions(ref).get(0).nextAttemptAt())
        .contains(gateway.row(ref).dueAt());
  }

  @Test
  void givesUpAfterTheLastAttemptAndTellsTheSenderOnce() {
    for (int attempt = 0; attempt < 9; attempt++) {
      gateway.outcomes.add(new DeliveryOutcome.TransientFailure("HTTP_503"));
      gateway.deliverAll();
      gateway.clock.pass(Duration.ofMinutes(5));
    }

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.letter(ref).problems())
        .extracting(Problem::reason)
        .containsExactly(RefusalReason.NEVER_DELIVERED);
    assertThat(gateway.records.row(ref)).isEmpty();
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
    assertThat(gateway.alarms).singleElement().asString().startsWith("DEAD");
  }

  @Test
  void saysPerhapsDeliveredWhereAnEarlierAttemptBrokeAfterTheBody() {
    gateway.outcomes.add(
        new DeliveryOutcome.TransientFailure("READ_TIMEOUT", Optional.empty(), true, false));
    gateway.deliverAll();
    gateway.clock.pass(Duration.ofMinutes(5));
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));

    gateway.deliverAll();

    assertThat(gateway.letter(ref).problems())
        .extracting(Problem::reason)
        .containsExactly(RefusalReason.PERHAPS_DELIVERED);
  }

  @Test
  void endsALetterThatTheReceiversSystemRejects() {
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));

    gateway.deliver.once(gateway.handedOver());

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.DELIVERY_REJECTED, TimelineCode.DEAD);
  }

  @Test
  void countsTheAcknowledgementInTheResponseWhateverTheStatus() {
    gateway.outcomes.add(
        new DeliveryOutcome.FatalFailure(
            "HTTP_422", Optional.of(acknowledgement(AcknowledgementCode.FATAL_ERROR))));

    gateway.deliver.once(gateway.handedOver());

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.REFUSED_BY_RECEIVER);
    assertThat(gateway.records.transmissions(ref))
        .extracting(Transmission::outcome)
        .containsExactly(Transmission.Outcome.DELIVERED);
  }

  @Test
  void leavesItToTheStatusWhereTheAcknowledgementInTheResponseIsInvalid() {
    Payload invalid =
        Messages.broken(
            acknowledgement(AcknowledgementCode.OK), MIDT.gln(), SampleDirectory.SYD.gln());
    gateway.outcomes.add(new DeliveryOutcome.Delivered(Optional.of(invalid)));

    gateway.deliver.once(gateway.handedOver());

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.alarms).isNotEmpty();
  }

  @Test
  void sentIsTheEndOfAnAcknowledgement() {
    gateway.deliverAll();
    Payload ok = acknowledgement(AcknowledgementCode.OK);
    gateway.post(MIDT, ok);

    gateway.deliverAll();

    LetterRef passedOn = TestGateway.ref(MIDT, ok);
    assertThat(gateway.letter(passedOn).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.records.row(passedOn)).isEmpty();
    assertThat(gateway.delivered.get(1).bytes()).isEqualTo(ok.bytes());
  }

  @Test
  void anAlarmIsRaisedOnceThoughTheOutcomeIsWrittenAtTheSecondTry() {
    ProtectedMessage message = gateway.handedOver();
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));
    gateway.records.before(() -> {}); // the claim
    gateway.records.nextGives(Commit.STALE);

    gateway.deliver.once(message);

    assertThat(gateway.alarms).singleElement().asString().startsWith("DEAD");
  }

  @Test
  void nobodyIsToldWhereAnAcknowledgementCannotBeDelivered() {
    gateway.deliverAll();
    Payload ok = acknowledgement(AcknowledgementCode.OK);
    gateway.post(MIDT, ok);
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));

    gateway.deliverAll();

    assertThat(gateway.letter(TestGateway.ref(MIDT, ok)).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.acknowledgementsTo(MIDT)).isEmpty();
    assertThat(gateway.alarms).hasSize(1);
  }

  /** A request from employment-aarhus and the reply that waits to be put in its inbox. */
  private Payload toAarhus() {
    Messages fromAarhus = TestGateway.newCase().between(AARHUS, MIDT);
    Payload asked = fromAarhus.request(MediaType.FHIR_JSON);
    gateway.post(AARHUS, asked);
    gateway.clock.pass(Duration.ofDays(8));
    Payload reply = fromAarhus.reply(asked, MediaType.FHIR_JSON);
    gateway.post(MIDT, reply);
    return reply;
  }

  private Payload acknowledgement(AcknowledgementCode code) {
    return messages.acknowledgement(request, code, MediaType.FHIR_JSON);
  }
}
