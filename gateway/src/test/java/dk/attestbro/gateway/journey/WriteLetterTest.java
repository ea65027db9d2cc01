package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WriteLetterTest {
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party MIDT = SampleDirectory.MIDT;

  private final TestGateway gateway = new TestGateway();
  private final LetterId id = LetterId.random();
  private final Digest asked = Digest.of(new byte[] {1});

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void writesAPlainRequestAsALetterAndOpensItsCase() {
    Answer answer = gateway.writeLetter.take(request(asked, MIDT.id().value()));

    CaseId caseId = ((Answer.Accepted) answer).receipt().caseId().orElseThrow();
    assertThat(gateway.records.certificateCase(caseId).orElseThrow().state())
        .isEqualTo(CertificateCase.State.SENT);
    assertThat(gateway.letter(new LetterRef(AARHUS.id(), id)).contentDigest()).isEqualTo(asked);
  }

  @Test
  void givesTheFirstReceiptAgainForTheSameKeyAndBody() {
    Answer.Accepted first =
        (Answer.Accepted) gateway.writeLetter.take(request(asked, MIDT.id().value()));

    Answer second = gateway.writeLetter.take(request(asked, MIDT.id().value()));

    assertThat(second).isEqualTo(new Answer.Repeated(first.receipt()));
  }

  @Test
  void refusesAnotherBodyUnderTheSameKey() {
    gateway.writeLetter.take(request(asked, MIDT.id().value()));

    Answer second = gateway.writeLetter.take(request(Digest.of(new byte[] {2}), MIDT.id().value()));

    assertThat(reason(second)).isEqualTo(RefusalReason.CONTENT_CHANGED);
  }

  @Test
  void leavesTheKeyFreeWhereTheRequestIsRefused() {
    Answer refused = gateway.writeLetter.take(request(asked, "psychiatry-nowhere"));
    assertThat(reason(refused)).isEqualTo(RefusalReason.RECEIVER_UNKNOWN);

    Answer mended = gateway.writeLetter.take(request(Digest.of(new byte[] {2}), MIDT.id().value()));

    assertThat(mended).isInstanceOf(Answer.Accepted.class);
  }

  @Test
  void tellsInThePlainLettersOwnWordsWhoCannotAnswer() {
    gateway.change(Parties.until(MIDT, Messages.at(TestGateway.NOW).today().minusDays(1)));

    Answer expired = gateway.writeLetter.take(request(asked, MIDT.id().value()));

    assertThat(problem(expired)).isEqualTo("RECEIVER_EXPIRED receiver");
  }

  @Test
  void refusesToWithdrawAConsentBeforeTheDayOnWhichItWasGiven() {
    CaseId caseId = opened();
    LocalDate given = LocalDate.parse("2026-11-03");

    Answer tooEarly =
        gateway.writeLetter.take(
            inCase(
                AARHUS,
                caseId,
                new LetterContent.ConsentWithdrawn(Optional.of(given.minusDays(1)), "")));
    Answer sameDay =
        gateway.writeLetter.take(
            inCase(AARHUS, caseId, new LetterContent.ConsentWithdrawn(Optional.of(given), "")));

    assertThat(problem(tooEarly)).isEqualTo("DATES_IN_WRONG_ORDER at");
    assertThat(sameDay).isInstanceOf(Answer.Accepted.class);
  }

  @Test
  void knowsWhatWasAskedOfAUnitWhosePlaceAnotherHasTaken() {
    CaseId earlier = opened();
    gateway.change(
        Parties.succeeded(MIDT, Messages.at(TestGateway.NOW).today(), SampleDirectory.SYD.id()));
    gateway.clock.pass(Duration.ofDays(2));

    Answer again =
        gateway.writeLetter.take(
            request(LetterId.random(), asked, SampleDirectory.SYD.id().value(), false));

    assertThat(reason(again)).isEqualTo(RefusalReason.DUPLICATE_REQUEST);
    assertThat(((Answer.Refused) again).refusal().problems().get(0).hint())
        .isEqualTo(earlier.toString());
  }

  private CaseId opened() {
    return ((Answer.Accepted) gateway.writeLetter.take(request(asked, MIDT.id().value())))
        .receipt()
        .caseId()
        .orElseThrow();
  }

  private static String problem(Answer answer) {
    Problem first = ((Answer.Refused) answer).refusal().problems().get(0);
    return first.reason() + " " + first.path();
  }

  @Test
  void refusesALikeRequestThatIsRecordedInTheSameMomentUntilItIsConfirmed() {
    Answer.Accepted[] quicker = new Answer.Accepted[1];
    gateway.records.before(
        () ->
            quicker[0] =
                (Answer.Accepted)
                    gateway.writeLetter.take(
                        request(
                            LetterId.random(),
                            Digest.of(new byte[] {2}),
                            MIDT.id().value(),
                            false)));

    Answer refused = gateway.writeLetter.take(request(id, asked, MIDT.id().value(), false));

    assertThat(reason(refused)).isEqualTo(RefusalReason.DUPLICATE_REQUEST);
    assertThat(((Answer.Refused) refused).refusal().problems().get(0).hint())
        .isEqualTo(quicker[0].receipt().caseId().orElseThrow().toString());
    assertThat(gateway.records.letter(new LetterRef(AARHUS.id(), id))).isEmpty();
    assertThat(gateway.writeLetter.take(request(id, asked, MIDT.id().value(), true)))
        .isInstanceOf(Answer.Accepted.class);
  }

  @Test
  void doesNotTellWhetherAnothersCaseExists() {
    Answer.Accepted first =
        (Answer.Accepted) gateway.writeLetter.take(request(asked, MIDT.id().value()));

    Answer strangers =
        gateway.writeLetter.take(
            cancellation(SampleDirectory.ODENSE, first.receipt().caseId().orElseThrow()));

    assertThat(reason(strangers)).isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void takesAFollowingLetterBeforeTheRequestIsAcknowledged() {
    Answer.Accepted first =
        (Answer.Accepted) gateway.writeLetter.take(request(asked, MIDT.id().value()));
    CaseId caseId = first.receipt().caseId().orElseThrow();

    Answer answer = gateway.writeLetter.take(cancellation(AARHUS, caseId));

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.records.certificateCase(caseId).orElseThrow().state())
        .isEqualTo(CertificateCase.State.CANCELLED);
  }

  @Test
  void saysThatTheOtherPartyOfTheCaseIsUnknownOnceItLeftTheDirectory() {
    Answer.Accepted first =
        (Answer.Accepted) gateway.writeLetter.take(request(asked, MIDT.id().value()));
    gateway.remove(MIDT);

    Answer answer =
        gateway.writeLetter.take(cancellation(AARHUS, first.receipt().caseId().orElseThrow()));

    assertThat(reason(answer)).isEqualTo(RefusalReason.RECEIVER_UNKNOWN);
  }

  @Test
  void writesLaterLettersForTheUnitThatACaseWasForwardedTo() {
    Answer.Accepted first =
        (Answer.Accepted) gateway.writeLetter.take(request(asked, MIDT.id().value()));
    CaseId caseId = first.receipt().caseId().orElseThrow();
    Party syd = SampleDirectory.SYD;
    gateway.writeLetter.take(
        inCase(
            MIDT,
            caseId,
            new LetterContent.Forwarded(
                new OrganisationIds(syd.sor(), syd.gln(), "to"), syd.name(), "")));

    Answer.Accepted reminded =
        (Answer.Accepted)
            gateway.writeLetter.take(
                inCase(AARHUS, caseId, new LetterContent.Reminder("reminder", "")));

    LetterRef reminder = new LetterRef(AARHUS.id(), reminded.receipt().letterId());
    assertThat(
            new String(
                gateway.openLetter.open(reminder).orElseThrow().bytes(), StandardCharsets.UTF_8))
        .contains(syd.sor());
  }

  private PlainLetter request(Digest digest, String receiver) {
    return request(id, digest, receiver, false);
  }

  private static PlainLetter request(
      LetterId id, Digest digest, String receiver, boolean confirmDuplicate) {
    Messages messages = TestGateway.newCase();
    return new PlainLetter(
        TestGateway.caller(AARHUS),
        Optional.empty(),
        id,
        new LetterContent.Request(messages.requestContent()),
        List.of(),
        Optional.of(receiver),
        Optional.empty(),
        confirmDuplicate,
        digest,
        digest);
  }

  private static PlainLetter cancellation(Party caller, CaseId caseId) {
    return inCase(caller, caseId, new LetterContent.Cancelled("NO_LONGER_NEEDED", ""));
  }

  private static PlainLetter inCase(Party caller, CaseId caseId, LetterContent content) {
    return new PlainLetter(
        TestGateway.caller(caller),
        Optional.empty(),
        LetterId.random(),
        content,
        List.of(),
        Optional.empty(),
        Optional.of(caseId),
        false,
        Digest.of(new byte[] {3}),
        Digest.of(new byte[] {3}));
  }

  private static RefusalReason reason(Answer answer) {
    return ((Answer.Refused) answer).refusal().reason();
  }
}
