package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Contact;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeleteContentTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Duration AFTER_END = Duration.ofDays(30);

  /** When the samples that follow a request were written. */
  private static final Duration LATER = Duration.ofDays(20);

  private static final Duration LONGEST = Duration.ofDays(550);

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);
  private final Payload reply = messages.reply(request, MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void deletesTheContentOfACaseThirtyDaysAfterItsEndAndRecordsHowManyLetters() {
    LetterRef ref = cancelled();
    gateway.clock.pass(AFTER_END.minusMinutes(1));
    assertThat(gateway.deleteContent.due()).isZero();
    gateway.clock.pass(Duration.ofMinutes(2));
    int letters = gateway.records.lettersOf(messages.caseId()).size();

    assertThat(gateway.deleteContent.due()).isEqualTo(letters);

    assertThat(gateway.records.lettersOf(messages.caseId()))
        .hasSize(letters)
        .noneMatch(letter -> gateway.openLetter.open(letter.ref()).isPresent());
    assertThat(gateway.letter(ref).receipt()).isPresent();
    assertThat(deletions()).containsExactly(String.valueOf(letters));
    assertThat(gateway.deleteContent.due()).isZero();
    assertThat(deletions()).hasSize(1);
  }

  @Test
  void keepsAReplyThatOnlyTheRequesterFiledUntilTheLongestTime() {
    LetterRef ref = gateway.sent(request);
    gateway.post(MIDT, acknowledged(request));
    settle();
    gateway.clock.pass(LATER);
    gateway.post(MIDT, reply);
    gateway.post(ODENSE, acknowledged(reply));
    Payload filed = messages.filed(reply, MediaType.FHIR_JSON);
    gateway.post(ODENSE, filed);
    gateway.post(MIDT, acknowledged(filed));
    settle();
    gateway.clock.pass(AFTER_END.multipliedBy(3));
    assertThat(gateway.deleteContent.due()).isZero();
    assertThat(gateway.openLetter.open(ref)).isPresent();
    gateway.clock.pass(LONGEST);

    assertThat(gateway.deleteContent.due()).isPositive();

    assertThat(gateway.openLetter.open(ref)).isEmpty();
  }

  @Test
  void deletesWhoHandlesTheCaseWithItsContent() {
    cancelled();
    Change.Builder change = new Change.Builder();
    gateway.contacts.put(
        change, messages.caseId(), ODENSE.id(), new Contact("Sag Behandler", "12345678"));
    gateway.records.commit(change.build());
    gateway.clock.pass(AFTER_END.plusMinutes(1));

    gateway.deleteContent.due();

    assertThat(gateway.contacts.of(messages.caseId(), ODENSE.id())).isEmpty();
  }

  @Test
  void leavesALetterThatIsUnderWayToItsEnd() {
    LetterRef ref = gateway.sent(request);
    gateway.post(MIDT, acknowledged(request));
    settle();
    gateway.clock.pass(LATER);
    Payload cancellation = messages.cancellation(request, MediaType.FHIR_JSON);
    gateway.post(ODENSE, cancellation);
    LetterRef waiting = TestGateway.ref(ODENSE, cancellation);
    gateway.clock.pass(AFTER_END.plusMinutes(1));

    gateway.deleteContent.due();

    assertThat(gateway.openLetter.open(ref)).isEmpty();
    assertThat(gateway.openLetter.open(waiting)).isPresent();
    gateway.followUp.due();
    assertThat(gateway.letter(waiting).status()).isEqualTo(LetterStatus.DEAD);
    gateway.deleteContent.due();
    assertThat(gateway.openLetter.open(waiting)).isEmpty();
  }

  @Test
  void deletesALetterWithoutACaseThirtyDaysAfterItsOwnEnd() {
    LetterRef notice = discharged();
    gateway.clock.pass(AFTER_END.minusMinutes(1));
    assertThat(gateway.openLetter.open(notice)).isPresent();
    gateway.deleteContent.due();
    assertThat(gateway.openLetter.open(notice)).isPresent();
    gateway.clock.pass(Duration.ofMinutes(2));

    gateway.deleteContent.due();

    assertThat(gateway.openLetter.open(notice)).isEmpty();
    assertThat(gateway.timeline(notice)).endsWith(TimelineCode.CONTENT_DELETED);
  }

  @Test
  void givesUpWhatIsStillUnderWayAtTheLongestTime() {
    LetterRef ref = gateway.recorded(request);
    gateway.clock.pass(LONGEST);

    assertThat(gateway.deleteContent.due()).isPositive();

    assertThat(gateway.openLetter.open(ref)).isEmpty();
    assertThat(gateway.records.row(ref)).isEmpty();
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.acknowledgementsTo(ODENSE)).hasSize(1);
  }

  @Test
  void deletesNothingTwiceWhereAnotherNodeWasQuicker() {
    LetterRef ref = cancelled();
    gateway.clock.pass(AFTER_END.plusMinutes(1));
    gateway.records.nextGives(Commit.STALE);
    assertThat(gateway.deleteContent.due()).isZero();
    assertThat(gateway.openLetter.open(ref)).isPresent();

    assertThat(gateway.deleteContent.due()).isPositive();
  }

  @Test
  void letsNothingWaitBehindACaseThatCannotBeEmptied() {
    cancelled();
    LetterRef notice = discharged();
    gateway.clock.pass(AFTER_END.plusMinutes(1));
    gateway.records.nextThrows(new IllegalStateException("the case's commit"));

    assertThatThrownBy(gateway.deleteContent::due).isInstanceOf(IllegalStateException.class);

    assertThat(gateway.openLetter.open(notice)).isEmpty();
  }

  @Test
  void answersADuplicateByItsDigestAfterTheContentIsGone() {
    LetterRef ref = cancelled();
    gateway.clock.pass(AFTER_END.plusMinutes(1));
    gateway.deleteContent.due();

    assertThat(gateway.post(ODENSE, request))
        .isEqualTo(new Answer.Repeated(gateway.letter(ref).receipt().orElseThrow()));
  }

  @Test
  void doesNotResendADeadLetterWhoseContentIsGone() {
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));
    LetterRef ref = gateway.sent(request);
    settle();
    gateway.clock.pass(LATER);
    gateway.post(ODENSE, messages.cancellation(request, MediaType.FHIR_JSON));
    settle();
    gateway.clock.pass(LONGEST);
    gateway.deleteContent.due();

    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.operate.resend(ref, "at last", "operator").map(Refusal::reason))
        .contains(RefusalReason.CONTENT_DELETED);
  }

  /** A case that its requester took back, all its letters at their end. */
  private LetterRef cancelled() {
    LetterRef ref = gateway.sent(request);
    gateway.post(MIDT, acknowledged(request));
    settle();
    gateway.clock.pass(LATER);
    Payload cancellation = messages.cancellation(request, MediaType.FHIR_JSON);
    gateway.post(ODENSE, cancellation);
    gateway.deliverAll();
    gateway.post(MIDT, acknowledged(cancellation));
    settle();
    return ref;
  }

  /** A notice of discharge that was acknowledged. */
  private LetterRef discharged() {
    Payload notice = TestGateway.newCase().dischargeNotice(MediaType.FHIR_JSON);
    gateway.post(MIDT, notice);
    settle();
    gateway.post(ODENSE, acknowledged(notice));
    settle();
    LetterRef ref = TestGateway.ref(MIDT, notice);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    return ref;
  }

  private Payload acknowledged(Payload letter) {
    return messages.acknowledgement(letter, AcknowledgementCode.OK, MediaType.FHIR_JSON);
  }

  private void settle() {
    gateway.deliverAll();
    gateway.deliverAll();
  }

  private List<String> deletions() {
    return gateway.records.evidence("case:" + messages.caseId()).stream()
        .map(EvidenceLink::entry)
        .filter(entry -> entry.code() == TimelineCode.CONTENT_DELETED)
        .map(Evidence::detail)
        .toList();
  }
}
