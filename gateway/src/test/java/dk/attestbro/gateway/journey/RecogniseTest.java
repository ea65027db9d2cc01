package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The duplicate table, row by row. */
final class RecogniseTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void givesTheFirstReceiptAgainWhereNothingChanged() {
    Answer.Accepted first = (Answer.Accepted) gateway.post(ODENSE, request);
    gateway.clock.pass(Duration.ofHours(1));

    Answer second = gateway.post(ODENSE, request);

    assertThat(second).isEqualTo(new Answer.Repeated(first.receipt()));
  }

  @Test
  void knowsALetterAgainAlsoAfterItsSenderLeftTheDirectory() {
    Answer.Accepted first = (Answer.Accepted) gateway.post(ODENSE, request);
    gateway.change(Parties.until(ODENSE, messages.today().minusDays(1)));

    Answer second = gateway.post(ODENSE, request);

    assertThat(second).isEqualTo(new Answer.Repeated(first.receipt()));
  }

  @Test
  void refusesOtherContentUnderTheSameIdAndKeepsItInEvidenceOnly() {
    LetterRef ref = gateway.recorded(request);
    Payload other = Messages.broken(request, "foråret", "efteråret");

    Answer answer = gateway.post(ODENSE, other);

    assertThat(reason(answer)).isEqualTo(RefusalReason.CONTENT_CHANGED);
    assertThat(acknowledgement(answer)).isEmpty();
    assertThat(gateway.timeline(ref))
        .containsExactly(
            TimelineCode.RECORDED, TimelineCode.CASE_OPENED, TimelineCode.CONTENT_CHANGED);
  }

  @Test
  void refusesANewLetterInAKnownEnvelopeAndRecordsItWithoutTheBundleId() {
    LetterRef first = gateway.recorded(request);
    Payload other = TestGateway.newCase().request(MediaType.FHIR_JSON);
    Payload reusing =
        Messages.WRITER.inNewEnvelope(
            other, gateway.letter(first).bundleId().orElseThrow(), TestGateway.NOW);

    Answer answer = gateway.post(ODENSE, reusing);

    assertThat(reason(answer)).isEqualTo(RefusalReason.BUNDLE_ID_REUSED);
    assertThat(acknowledgement(answer)).isPresent();
    assertThat(gateway.letter(TestGateway.ref(ODENSE, other)).status())
        .isEqualTo(LetterStatus.REFUSED);
    assertThat(gateway.letter(TestGateway.ref(ODENSE, other)).bundleId()).isEmpty();
  }

  @Test
  void neverAcknowledgesAnAcknowledgementInAKnownEnvelope() {
    LetterRef ref = gateway.sent(request);
    Payload transientError =
        messages.acknowledgement(request, AcknowledgementCode.TRANSIENT_ERROR, MediaType.FHIR_JSON);
    gateway.post(MIDT, transientError);
    Payload ok =
        Messages.WRITER.inNewEnvelope(
            messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON),
            Messages.READER.read(transientError).bundleId().orElseThrow(),
            TestGateway.NOW);

    Answer answer = gateway.post(MIDT, ok);

    assertThat(reason(answer)).isEqualTo(RefusalReason.ACKNOWLEDGEMENT_INVALID);
    assertThat(acknowledgement(answer)).isEmpty();
    assertThat(gateway.records.letter(TestGateway.ref(MIDT, ok))).isEmpty();
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.SENT);
  }

  @Test
  void answersWithTheReceiptOnlyWhereTheGatewayIsAboutToSendTheLetterAnyway() {
    LetterRef ref = gateway.recorded(request);
    Payload again = again();

    Answer answer = gateway.post(ODENSE, again);

    assertThat(answer).isInstanceOf(Answer.Repeated.class);
    assertThat(gateway.row(ref).bundleId()).isEqualTo(gateway.letter(ref).bundleId().orElseThrow());
    assertThat(gateway.records.envelopesOf(ref)).hasSize(2);
  }

  @Test
  void relaysTheSendersNewEnvelopeInPlaceOfAResendThatOnlyWaits() {
    LetterRef ref = gateway.sent(request);
    Payload again = again();

    gateway.post(ODENSE, again);

    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(gateway.row(ref).resends()).isEqualTo(1);
    assertThat(gateway.openLetter.open(ref).orElseThrow().bytes()).isEqualTo(again.bytes());
  }

  @Test
  void relaysTheNewEnvelopeOfASenderThatResendsItselfInPlaceOfOneThatWaits() {
    gateway.change(Parties.resendingItself(ODENSE));
    LetterRef ref = gateway.recorded(request);
    Payload again = again();

    gateway.post(ODENSE, again);

    assertThat(gateway.row(ref).bundleId())
        .isEqualTo(Messages.READER.read(again).bundleId().orElseThrow());
    assertThat(gateway.row(ref).resends()).isZero();
  }

  @Test
  void remembersThatAnEnvelopeBeingDeliveredPerhapsArrivesThoughANewOneReplacesIt() {
    gateway.change(Parties.resendingItself(ODENSE));
    LetterRef ref = gateway.recorded(request);
    gateway.duringDelivery = () -> gateway.post(ODENSE, again());

    gateway.deliverAll();

    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(gateway.row(ref).perhapsDelivered()).isTrue();
  }

  @Test
  void givesTheFinalAcknowledgementAgainInANewEnvelope() {
    gateway.sent(request);
    Payload ok = messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON);
    gateway.post(MIDT, ok);

    Answer answer = gateway.post(ODENSE, again());

    Payload given = ((Answer.RepeatedAcknowledgement) answer).acknowledgement();
    assertThat(Messages.READER.read(given).letterId())
        .isEqualTo(Messages.READER.read(ok).letterId());
    assertThat(Messages.READER.read(given).bundleId())
        .isNotEqualTo(Messages.READER.read(ok).bundleId());
  }

  @Test
  void queuesADeadLetterAgainInTheSendersNewEnvelope() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(Duration.ofDays(8));
    gateway.followUp.due();

    gateway.post(ODENSE, again());

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.QUEUED);
    assertThat(gateway.row(ref).perhapsDelivered()).isTrue();
  }

  @Test
  void leavesADeadLetterDeadWhoseReceiverLeftTheDirectory() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(Duration.ofDays(8));
    gateway.followUp.due();
    gateway.remove(MIDT);

    Answer answer = gateway.post(ODENSE, again());

    assertThat(answer).isInstanceOf(Answer.Repeated.class);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
  }

  private Payload again() {
    return Messages.WRITER.inNewEnvelope(request, BundleId.random(), gateway.clock.instant());
  }

  private static RefusalReason reason(Answer answer) {
    return ((Answer.Refused) answer).refusal().reason();
  }

  private static Optional<Payload> acknowledgement(Answer answer) {
    return ((Answer.Refused) answer).acknowledgement();
  }
}
