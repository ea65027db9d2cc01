package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ProtectedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RelayOutboxTest {
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Duration LEASE = JourneySettings.DEFAULT.lease();

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);
  private final LetterRef ref = gateway.recorded(request);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void handsOverWhatIsDueSealedAndNotesItWithALease() {
    gateway.relay.all();

    ProtectedMessage message = gateway.queue.get(0);
    assertThat(message.isSealed()).isTrue();
    assertThat(message.version()).isEqualTo(gateway.row(ref).version());
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.HANDED_OVER);
    assertThat(gateway.row(ref).dueAt()).isEqualTo(TestGateway.NOW.plus(LEASE));
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.QUEUED);
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.QUEUED);
  }

  @Test
  void encryptsForTheReceiversCertificateWhereThereIsOne() {
    gateway.change(Parties.encryptedTo(MIDT, TestGateway.SIGNER));

    gateway.relay.all();

    assertThat(gateway.queue.get(0).mediaType()).isEqualTo(MediaType.CMS);
    assertThat(gateway.queue.get(0).body()).isEqualTo(TestGateway.cms(request).bytes());
  }

  @Test
  void sendsNothingThatIsNotNoted() {
    gateway.records.nextGives(Commit.STALE);
    gateway.records.nextGives(Commit.STALE);

    gateway.relay.due();

    assertThat(gateway.queue).isEmpty();
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
  }

  @Test
  void losesNothingWhereTheBrokerIsDown() {
    gateway.brokerIsUp = false;
    assertThatThrownBy(() -> gateway.relay.all()).isInstanceOf(IllegalStateException.class);
    gateway.brokerIsUp = true;
    gateway.relay.all();
    assertThat(gateway.queue).as("before the lease ends").isEmpty();
    gateway.clock.pass(LEASE);

    gateway.relay.all();

    assertThat(gateway.queue).hasSize(1);
    assertThat(gateway.row(ref).attempts()).isZero();
  }

  @Test
  void handsOverAgainWhatTheBrokerLost() {
    gateway.relay.all();
    gateway.queue.clear();
    gateway.clock.pass(LEASE);

    gateway.relay.all();

    assertThat(gateway.queue).hasSize(1);
    assertThat(gateway.row(ref).perhapsDelivered()).isFalse();
  }

  @Test
  void sendsTheRestOfABatchWhereOneLetterMovedMeanwhile() {
    Payload other = TestGateway.newCase().request(MediaType.FHIR_JSON);
    LetterRef second = gateway.recorded(other);
    gateway.records.nextGives(Commit.STALE);
    gateway.records.nextGives(Commit.STALE);

    gateway.relay.due();

    assertThat(gateway.queue).hasSize(1);
    assertThat(List.of(gateway.row(ref).phase(), gateway.row(second).phase()))
        .containsExactlyInAnyOrder(OutboxRow.Phase.TO_SEND, OutboxRow.Phase.HANDED_OVER);
  }

  @Test
  void putsOffAndAlarmsWhereTheCertificateCannotBeUsed() {
    gateway.change(Parties.encryptedTo(MIDT, TestGateway.SIGNER));
    gateway.certificateIsUsable = false;

    gateway.relay.all();

    assertThat(gateway.queue).isEmpty();
    assertThat(gateway.row(ref).dueAt()).isEqualTo(TestGateway.NOW.plus(Duration.ofMinutes(1)));
    assertThat(gateway.row(ref).lastReason()).contains("CERTIFICATE_EXPIRED");
    assertThat(gateway.records.transmissions(ref)).hasSize(1);
    assertThat(gateway.alarms).containsExactly("DELIVERY_FAILED CERTIFICATE_EXPIRED");
  }

  @Test
  void keepsALetterWaitingWhoseReceiverLostItsEndpoint() {
    gateway.change(Parties.withoutEndpoint(MIDT));

    gateway.relay.all();

    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(gateway.row(ref).dueAt()).isAfter(TestGateway.NOW);
    assertThat(gateway.letter(ref).status()).isNotEqualTo(LetterStatus.DEAD);
  }

  @Test
  void tellsOnceThatAReceiverHasNoEndpointHoweverLongTheLetterWaits() {
    gateway.change(Parties.withoutEndpoint(MIDT));

    for (int minute = 0; minute < 5; minute++) {
      gateway.relay.all();
      gateway.clock.pass(Duration.ofMinutes(1));
    }

    assertThat(gateway.row(ref).dueAt()).isEqualTo(gateway.clock.instant());
    assertThat(gateway.records.transmissions(ref)).hasSize(1);
    assertThat(gateway.alarms).containsExactly("DELIVERY_FAILED RECEIVER_HAS_NO_ENDPOINT");
  }

  @Test
  void letsNothingWaitBehindALetterThatCannotBeOpened() {
    gateway.change(Parties.encryptedTo(MIDT, TestGateway.SIGNER));
    gateway.contentCanBeOpened = false;
    gateway.relay.all();
    gateway.contentCanBeOpened = true;
    LetterRef second = gateway.recorded(TestGateway.newCase().request(MediaType.FHIR_JSON));

    gateway.relay.all();

    assertThat(gateway.queue).extracting(ProtectedMessage::letter).containsExactly(second);
    assertThat(gateway.row(ref).lastReason()).isEqualTo(Optional.of("CONTENT_NOT_OPENED"));
  }

  @Test
  void holdsBackThePausedPartysLettersAndNobodyElses() {
    Messages toSyd = TestGateway.newCase().between(SampleDirectory.ODENSE, SampleDirectory.SYD);
    LetterRef other = gateway.recorded(toSyd.request(MediaType.FHIR_JSON));
    gateway.operate.pause(MIDT.id(), "planned work", "operator");

    gateway.relay.all();

    assertThat(gateway.queue).extracting(ProtectedMessage::letter).containsExactly(other);
  }
}
