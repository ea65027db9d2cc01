package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Commit;
import dk.attestbro.port.RecordsUnavailable;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One commit, and no receipt without it. */
final class RecordTest {
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
  void writesLetterContentCaseAndRowInOneCommit() {
    ValidatedMessage valid = validated(ODENSE, request);

    Answer answer = gateway.record.once(valid);

    LetterRef ref = TestGateway.ref(ODENSE, request);
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.records.written()).isEqualTo(1);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.RECORDED);
    assertThat(gateway.openLetter.open(ref).orElseThrow().bytes()).isEqualTo(request.bytes());
    assertThat(gateway.records.certificateCase(messages.caseId())).isPresent();
    assertThat(gateway.row(ref).dueAt()).isEqualTo(TestGateway.NOW);
    assertThat(gateway.timeline(ref))
        .containsExactly(TimelineCode.RECORDED, TimelineCode.CASE_OPENED);
  }

  @Test
  void keepsWhenTheCitizensCaseBegan() {
    gateway.post(ODENSE, request);

    CertificateCase opened = gateway.records.certificateCase(messages.caseId()).orElseThrow();
    assertThat(CaseFacts.of(opened, SampleDirectory.directory(), TestGateway.NOW).caseStartedOn())
        .isPresent()
        .isEqualTo(messages.requestContent().caseStartedOn());
  }

  @Test
  void promisesNothingWhereTheCommitFails() {
    ValidatedMessage valid = validated(ODENSE, request);
    gateway.records.nextThrows(new RecordsUnavailable(new IllegalStateException()));

    assertThatThrownBy(() -> gateway.record.once(valid)).isInstanceOf(RecordsUnavailable.class);

    assertThat(gateway.records.letter(TestGateway.ref(ODENSE, request))).isEmpty();
  }

  @Test
  void promisesNothingWhereNoCommitComesThrough() {
    ValidatedMessage valid = validated(ODENSE, request);
    IntStream.range(0, 100).forEach(i -> gateway.records.nextGives(Commit.STALE));

    assertThatThrownBy(() -> gateway.record.once(valid)).isInstanceOf(IllegalStateException.class);

    assertThat(gateway.records.written()).isZero();
  }

  @Test
  void decidesAgainWhereSomeoneWasQuicker() {
    ValidatedMessage valid = validated(ODENSE, request);
    gateway.records.nextGives(Commit.STALE);

    Answer answer = gateway.record.once(valid);

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.letter(TestGateway.ref(ODENSE, request)).receipt())
        .contains(((Answer.Accepted) answer).receipt());
  }

  @Test
  void warnsOfALikeRequestThatWasQuicker() {
    Messages like = TestGateway.newCase();
    ValidatedMessage valid = validated(ODENSE, request);
    assertThat(valid.judgement().warnings()).isEmpty();
    gateway.records.before(() -> gateway.post(ODENSE, like.request(MediaType.FHIR_JSON)));

    Answer.Accepted answer = (Answer.Accepted) gateway.record.once(valid);

    assertThat(answer.receipt().warnings()).containsExactly("DUPLICATE_REQUEST: " + like.caseId());
    assertThat(gateway.letter(TestGateway.ref(ODENSE, request)).receipt())
        .contains(answer.receipt());
  }

  @Test
  void givesTheWinnersAnswerToAParallelCopy() {
    ValidatedMessage valid = validated(ODENSE, request);
    Answer.Accepted[] winner = new Answer.Accepted[1];
    gateway.records.before(() -> winner[0] = (Answer.Accepted) gateway.post(ODENSE, request));

    Answer answer = gateway.record.once(valid);

    assertThat(answer).isEqualTo(new Answer.Repeated(winner[0].receipt()));
  }

  @Test
  void refusesALetterWhoseCaseAnotherOpenedMeanwhile() {
    ValidatedMessage valid = validated(ODENSE, request);
    Payload other = messages.request(MediaType.FHIR_JSON);
    gateway.records.before(() -> gateway.post(ODENSE, other));

    assertThatThrownBy(() -> gateway.record.once(valid)).isInstanceOf(LetterRefused.class);

    assertThat(gateway.records.letter(TestGateway.ref(ODENSE, request))).isEmpty();
  }

  @Test
  void refusesALetterThatTheMovedCaseNoLongerAllows() {
    gateway.recorded(request);
    gateway.clock.pass(Duration.ofDays(8));
    Payload reply = messages.reply(request, MediaType.FHIR_JSON);
    ValidatedMessage valid = validated(MIDT, reply);
    gateway.records.before(
        () -> gateway.post(ODENSE, messages.cancellation(request, MediaType.FHIR_JSON)));

    assertThatThrownBy(() -> gateway.record.once(valid)).isInstanceOf(LetterRefused.class);

    assertThat(gateway.records.letter(TestGateway.ref(MIDT, reply))).isEmpty();
  }

  @Test
  void recordsAnAcknowledgementWithItsEffectInOneCommit() {
    LetterRef ref = gateway.sent(request);
    int before = gateway.records.written();

    gateway.post(MIDT, acknowledgement(AcknowledgementCode.OK));

    assertThat(gateway.records.written()).isEqualTo(before + 1);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.records.row(ref)).isEmpty();
    CertificateCase received = gateway.records.certificateCase(messages.caseId()).orElseThrow();
    assertThat(received.state()).isEqualTo(CertificateCase.State.RECEIVED);
    assertThat(received.deadline().state()).isEqualTo(Deadline.State.RUNNING);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
  }

  @Test
  void countsAFinalAcknowledgementOfALetterThatWaitsInTheQueue() {
    LetterRef ref = gateway.recorded(request);
    gateway.handedOver();

    gateway.post(MIDT, acknowledgement(AcknowledgementCode.FATAL_ERROR));

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.REFUSED_BY_RECEIVER);
    assertThat(gateway.records.row(ref)).isEmpty();
  }

  @Test
  void leavesALetterSentAfterATransientError() {
    LetterRef ref = gateway.sent(request);

    gateway.post(MIDT, acknowledgement(AcknowledgementCode.TRANSIENT_ERROR));

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.records.row(ref)).isPresent();
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
  }

  @Test
  void ignoresAnAcknowledgementThatRepeatsTheKnownCode() {
    gateway.sent(request);
    gateway.post(MIDT, acknowledgement(AcknowledgementCode.OK));

    Answer answer = gateway.post(MIDT, acknowledgement(AcknowledgementCode.OK));

    assertThat(answer).isInstanceOf(Answer.AcknowledgementIgnored.class);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
  }

  @Test
  void refusesAndAlarmsAnAcknowledgementThatContradictsTheFinalOne() {
    LetterRef ref = gateway.sent(request);
    gateway.post(MIDT, acknowledgement(AcknowledgementCode.OK));
    ValidatedMessage contradicting =
        validated(MIDT, acknowledgement(AcknowledgementCode.FATAL_ERROR));

    assertThatThrownBy(() -> gateway.record.once(contradicting))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            e ->
                assertThat(e.refusal().reason())
                    .isEqualTo(RefusalReason.ACKNOWLEDGEMENT_CONTRADICTED));

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.alarms).containsExactly("ACKNOWLEDGEMENT_CONTRADICTED fatal-error");
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
  }

  @Test
  void lateAcknowledgementEndsADeadLetter() {
    LetterRef ref = gateway.sent(request);
    gateway.clock.pass(Duration.ofDays(8));
    gateway.followUp.due();

    gateway.post(MIDT, acknowledgement(AcknowledgementCode.OK));

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
  }

  @Test
  void keepsTheAcknowledgementOfASenderThatCannotReceive() {
    LetterRef ref = gateway.sent(request);
    gateway.change(Parties.withoutEndpoint(ODENSE));
    Payload ok = acknowledgement(AcknowledgementCode.OK);

    gateway.post(MIDT, ok);

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.letter(TestGateway.ref(MIDT, ok)).status()).isEqualTo(LetterStatus.SENT);
  }

  private Payload acknowledgement(AcknowledgementCode code) {
    return messages.acknowledgement(request, code, MediaType.FHIR_JSON);
  }

  private ValidatedMessage validated(Party sender, Payload payload) {
    return gateway.validate.content(gateway.authenticate.sender(gateway.from(sender, payload)));
  }
}
