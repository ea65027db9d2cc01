package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.RecordsUnavailable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefuseTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);
  private final Payload invalid = Messages.broken(request, "RSL_11A", "NO_SUCH_BASIS");

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void recordsARefusedLetterWithoutContentAndAnswersItFatal() {
    Answer.Refused answer = (Answer.Refused) gateway.post(ODENSE, invalid);

    LetterRef ref = TestGateway.ref(ODENSE, invalid);
    Letter letter = gateway.letter(ref);
    assertThat(letter.status()).isEqualTo(LetterStatus.REFUSED);
    assertThat(letter.problems()).isEqualTo(answer.refusal().problems());
    assertThat(gateway.records.content(ref)).isEmpty();
    assertThat(gateway.records.row(ref)).isEmpty();
    MessageReading fatal = Messages.READER.read(answer.acknowledgement().orElseThrow());
    assertThat(fatal.acknowledgement().map(AcknowledgementReading::code))
        .contains(AcknowledgementCode.FATAL_ERROR);
    assertThat(fatal.acknowledgement().map(AcknowledgementReading::acknowledges))
        .contains(ref.id());
    assertThat(fatal.sender().sor()).isEqualTo(SampleDirectory.GATEWAY.sor());
  }

  @Test
  void givesTheSameRefusalAgainUnderTheSameId() {
    Answer.Refused first = (Answer.Refused) gateway.post(ODENSE, invalid);

    Answer.Refused second = (Answer.Refused) gateway.post(ODENSE, invalid);

    assertThat(second.refusal()).isEqualTo(first.refusal());
    MessageReading one = Messages.READER.read(first.acknowledgement().orElseThrow());
    MessageReading two = Messages.READER.read(second.acknowledgement().orElseThrow());
    assertThat(two.letterId()).isEqualTo(one.letterId());
    assertThat(two.bundleId()).isNotEqualTo(one.bundleId());
  }

  @Test
  void tellsNothingWhereTheRefusalCannotBeRecorded() {
    gateway.records.nextThrows(new RecordsUnavailable(new IllegalStateException()));

    assertThatThrownBy(() -> gateway.post(ODENSE, invalid)).isInstanceOf(RecordsUnavailable.class);

    assertThat(gateway.records.letter(TestGateway.ref(ODENSE, invalid))).isEmpty();
  }

  @Test
  void givesTheWinnersRefusalToAParallelCopy() {
    Answer.Refused[] winner = new Answer.Refused[1];
    gateway.records.before(() -> winner[0] = (Answer.Refused) gateway.post(ODENSE, invalid));

    Answer.Refused answer = (Answer.Refused) gateway.post(ODENSE, invalid);

    assertThat(Messages.READER.read(answer.acknowledgement().orElseThrow()).letterId())
        .isEqualTo(Messages.READER.read(winner[0].acknowledgement().orElseThrow()).letterId());
  }

  @Test
  void alarmsAnAcknowledgementThatMatchesNoLetterAndNeverAcknowledgesIt() {
    Payload unmatched =
        messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON);

    Answer.Refused answer = (Answer.Refused) gateway.post(MIDT, unmatched);

    assertThat(answer.acknowledgement()).isEmpty();
    assertThat(gateway.alarms)
        .containsExactly("ACKNOWLEDGEMENT_REJECTED ACKNOWLEDGEMENT_UNMATCHED");
    assertThat(gateway.records.written()).isZero();
  }

  @Test
  void leavesNoTraceOfARefusedLetterThatTheGatewayWroteItself() {
    IncomingMessage written =
        IncomingMessage.written(
            TestGateway.caller(ODENSE),
            invalid,
            ODENSE.id(),
            TestGateway.NOW,
            Optional.of(invalid.sha256()),
            invalid.sha256(),
            List.of(),
            false);

    Answer.Refused answer = (Answer.Refused) gateway.receive.take(written);

    assertThat(answer.acknowledgement()).isEmpty();
    assertThat(answer.refusal().problems()).extracting(Problem::reason).isNotEmpty();
    assertThat(gateway.records.written()).isZero();
  }

  @Test
  void tellsReasonsByCodeAndTextAndNeverByContent() {
    Answer.Refused answer = (Answer.Refused) gateway.post(ODENSE, invalid);

    String told = answer.refusal().toString();
    assertThat(told).doesNotContain("2509479989").doesNotContain("Elmer");
    assertThat(answer.refusal().problems())
        .extracting(Problem::reason)
        .doesNotContain(RefusalReason.INTERNAL_ERROR);
  }
}
