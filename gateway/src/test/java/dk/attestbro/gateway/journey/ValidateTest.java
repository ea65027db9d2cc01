package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dk.attestbro.fhir.BrokenRequests;
import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ValidateTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Party SYD = SampleDirectory.SYD;

  private static final LetterContent QUESTION = new LetterContent.Question("Hvornår?", "");

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void findsTheReceiverAndOpensTheCaseOfAValidRequest() {
    ValidatedMessage valid = validate(ODENSE, request);

    assertThat(valid.receiver()).isEqualTo(MIDT);
    assertThat(valid.certificateCase().orElseThrow().id()).isEqualTo(messages.caseId());
    assertThat(valid.certificateCase().orElseThrow().state()).isEqualTo(CertificateCase.State.SENT);
    assertThat(valid.validatedBy()).isNotEmpty();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    Payload broken =
        Messages.broken(
            Messages.broken(request, MIDT.sor(), "1000000000099999"), "RSL_11A", "NO_SUCH_BASIS");

    assertThat(problems(ODENSE, broken))
        .contains(RefusalReason.RECEIVER_UNKNOWN)
        .hasSizeGreaterThan(1);
  }

  @Test
  void refusesAReceiverThatIsNoLongerValid() {
    gateway.change(Parties.until(MIDT, messages.today().minusDays(1)));

    assertThat(problems(ODENSE, request)).containsExactly(RefusalReason.RECEIVER_EXPIRED);
  }

  @Test
  void takesAReceiverOnItsLastDay() {
    gateway.change(Parties.until(MIDT, messages.today()));

    assertThat(validate(ODENSE, request).receiver().id()).isEqualTo(MIDT.id());
  }

  @Test
  void refusesAReceiverWithoutAnEndpoint() {
    gateway.change(Parties.withoutEndpoint(MIDT));

    assertThat(problems(ODENSE, request))
        .containsExactly(RefusalReason.RECEIVER_DOES_NOT_TAKE_EVENT);
  }

  @Test
  void refusesACaseIdThatAnotherPartyOpened() {
    gateway.recorded(request);
    Payload stolen = messages.between(AARHUS, MIDT).request(MediaType.FHIR_JSON);

    assertThat(problems(AARHUS, stolen)).containsExactly(RefusalReason.CASE_NOT_YOURS);
  }

  @Test
  void refusesASecondRequestInOnesOwnCase() {
    gateway.recorded(request);

    assertThat(problems(ODENSE, messages.request(MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void refusesAReplyInACaseThatNobodyOpened() {
    assertThat(problems(MIDT, messages.reply(request, MediaType.FHIR_JSON)))
        .contains(RefusalReason.CASE_UNKNOWN);
  }

  @Test
  void refusesAReplyAboutAnotherCitizenThanTheRequests() {
    gateway.recorded(request);
    gateway.clock.pass(Duration.ofDays(8));
    Payload reply = messages.reply(request, MediaType.FHIR_JSON);

    assertThat(problems(MIDT, Messages.broken(reply, "2509479989", "0201609996")))
        .containsExactly(RefusalReason.CITIZEN_DIFFERS);
  }

  @Test
  void tellsTheCitizensApartThoughTheKeyOfTheirDigestsWasLost() {
    gateway.recorded(request);
    gateway.clock.pass(Duration.ofDays(8));
    Payload reply = messages.reply(request, MediaType.FHIR_JSON);
    gateway.loseDigestKey();

    assertThat(validate(MIDT, reply).receiver().id()).isEqualTo(ODENSE.id());
    assertThat(problems(MIDT, Messages.broken(reply, "2509479989", "0201609996")))
        .containsExactly(RefusalReason.CITIZEN_DIFFERS);
  }

  @Test
  void refusesARequestWhoseTaskSwapsWhoAsksAndWhoIsAsked() {
    assertThat(problems(ODENSE, BrokenRequests.of(RefusalReason.PARTY_DIFFERS, messages)))
        .containsExactly(RefusalReason.PARTY_DIFFERS, RefusalReason.PARTY_DIFFERS);
  }

  @Test
  void looksPastAFocusThatNamesNothing() {
    gateway.recorded(request);
    gateway.clock.pass(Duration.ofDays(8));
    String reply =
        new String(
            Messages.withOwner(messages.reply(request, MediaType.FHIR_JSON), AARHUS).bytes(),
            StandardCharsets.UTF_8);
    Payload twoFoci =
        new Payload(
            reply
                .replace("\"focus\":[{", "\"focus\":[{\"reference\":\"Task/none\"},{")
                .getBytes(StandardCharsets.UTF_8),
            MediaType.FHIR_JSON);

    assertThat(refused(MIDT, twoFoci))
        .contains(new Problem(RefusalReason.PARTY_DIFFERS, "Bundle.entry[3].resource.owner"));
  }

  @Test
  void goesByTheCaseWhereEitherMaySendALetter() {
    gateway.recorded(request);
    Payload asked = messages.forward(QUESTION, request, MediaType.FHIR_JSON);

    assertThat(validate(ODENSE, asked).receiver().id()).isEqualTo(MIDT.id());
    assertThat(
            problems(
                ODENSE,
                messages.between(MIDT, ODENSE).back(QUESTION, request, MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.PARTY_DIFFERS, RefusalReason.PARTY_DIFFERS);
  }

  @Test
  void tellsAPartyThatHasEndedNothingOfThePartThatItHad() {
    gateway.recorded(request);
    gateway.change(Parties.succeeded(ODENSE, messages.today(), AARHUS.id()));
    gateway.clock.pass(Duration.ofDays(8));

    assertThat(problems(ODENSE, messages.forward(QUESTION, request, MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.SENDER_EXPIRED);
  }

  @Test
  void takesOneThatNamesWhoseCaseItWas() {
    gateway.recorded(request);
    gateway.change(Parties.succeeded(MIDT, messages.today(), SYD.id()));
    gateway.clock.pass(Duration.ofDays(8));
    Payload reply = messages.between(ODENSE, SYD).reply(request, MediaType.FHIR_JSON);
    Payload copied = Messages.withOwner(reply, MIDT);

    assertThat(validate(SYD, copied).receiver().id()).isEqualTo(ODENSE.id());
    assertThat(problems(SYD, Messages.withOwner(reply, AARHUS)))
        .containsExactly(RefusalReason.PARTY_DIFFERS);
  }

  @Test
  void refusesAReplyToAPartyThatIsNotInTheCase() {
    gateway.recorded(request);
    Payload astray = messages.between(AARHUS, MIDT).reply(request, MediaType.FHIR_JSON);

    assertThat(problems(MIDT, astray)).contains(RefusalReason.CASE_PARTY_WRONG);
  }

  @Test
  void takesAReplyBeforeTheRequestIsAcknowledged() {
    gateway.recorded(request);
    gateway.clock.pass(Duration.ofDays(8));

    ValidatedMessage valid = validate(MIDT, messages.reply(request, MediaType.FHIR_JSON));

    assertThat(valid.certificateCase().orElseThrow().state())
        .isEqualTo(CertificateCase.State.REPLIED);
  }

  @Test
  void findsTheLetterThatAnAcknowledgementIsAbout() {
    LetterRef ref = gateway.sent(request);

    ValidatedMessage valid = validate(MIDT, acknowledgement(request));

    assertThat(valid.acknowledged().orElseThrow().ref()).isEqualTo(ref);
  }

  @Test
  void refusesAnAcknowledgementOfALetterThatNobodySent() {
    assertThat(refusedOutright(MIDT, acknowledgement(request)))
        .containsExactly(RefusalReason.ACKNOWLEDGEMENT_UNMATCHED);
  }

  @Test
  void refusesAnAcknowledgementFromAPartyThatTheLetterIsNotFor() {
    gateway.sent(request);
    Payload foreign =
        Messages.broken(
            Messages.broken(acknowledgement(request), MIDT.sor(), SYD.sor()),
            MIDT.gln(),
            SYD.gln());

    assertThat(refusedOutright(SYD, foreign)).contains(RefusalReason.ACKNOWLEDGEMENT_UNMATCHED);
  }

  @Test
  void refusesAnAcknowledgementOfARefusedLetter() {
    Payload broken = Messages.broken(request, "RSL_11A", "NO_SUCH_BASIS");
    gateway.post(ODENSE, broken);

    assertThat(gateway.letter(TestGateway.ref(ODENSE, broken)).status())
        .isEqualTo(LetterStatus.REFUSED);
    assertThat(refusedOutright(MIDT, acknowledgement(request)))
        .containsExactly(RefusalReason.ACKNOWLEDGEMENT_UNMATCHED);
  }

  @Test
  void takesTheAcknowledgementOfASenderThatHasNoEndpoint() {
    LetterRef ref = gateway.sent(request);
    gateway.change(Parties.withoutEndpoint(ODENSE));

    ValidatedMessage valid = validate(MIDT, acknowledgement(request));

    assertThat(valid.acknowledged().orElseThrow().ref()).isEqualTo(ref);
  }

  @Test
  void takesTheAcknowledgementThatIsAddressedToTheSuccessorOfTheSender() {
    LetterRef ref = gateway.sent(request);
    gateway.change(Parties.succeeded(ODENSE, messages.today(), AARHUS.id()));
    gateway.clock.pass(Duration.ofDays(2));
    Payload toSuccessor =
        Messages.broken(
            Messages.broken(acknowledgement(request), ODENSE.sor(), AARHUS.sor()),
            ODENSE.gln(),
            AARHUS.gln());

    assertThat(validate(MIDT, toSuccessor).acknowledged().orElseThrow().ref()).isEqualTo(ref);
    assertThat(validate(MIDT, acknowledgement(request)).acknowledged().orElseThrow().ref())
        .isEqualTo(ref);
  }

  @Test
  void takesEveryOutcomeOfADischargeNoticeFromItsReceiver() {
    Payload notice = messages.dischargeNotice(MediaType.FHIR_JSON);
    gateway.post(MIDT, notice);

    Payload outcome = messages.mentorOutcome(notice, MediaType.FHIR_JSON);
    assertThat(validate(ODENSE, outcome).certificateCase()).isEmpty();
    gateway.post(ODENSE, outcome);

    assertThat(validate(ODENSE, messages.mentorOutcome(notice, MediaType.FHIR_JSON)).receiver())
        .extracting(Party::id)
        .isEqualTo(MIDT.id());
  }

  @Test
  void refusesAChangedNoticeAndAnOutcomeAboutAnotherCitizenThanTheNotices() {
    Payload notice = messages.dischargeNotice(MediaType.FHIR_JSON);
    gateway.post(MIDT, notice);
    Payload changed = messages.dischargeNotice(MediaType.FHIR_JSON);
    Payload outcome = messages.mentorOutcome(notice, MediaType.FHIR_JSON);

    assertThat(validate(MIDT, changed).receiver().id()).isEqualTo(ODENSE.id());
    assertThat(problems(MIDT, Messages.broken(changed, "2509479989", "0201609996")))
        .containsExactly(RefusalReason.CITIZEN_DIFFERS);
    assertThat(problems(ODENSE, Messages.broken(outcome, "2509479989", "0201609996")))
        .containsExactly(RefusalReason.CITIZEN_DIFFERS);
  }

  @Test
  void refusesAnOutcomeOfNoNoticeOrOfAnothers() {
    Payload notice = messages.dischargeNotice(MediaType.FHIR_JSON);
    Payload outcome = messages.mentorOutcome(notice, MediaType.FHIR_JSON);
    Messages strangers = messages.between(AARHUS, MIDT);

    assertThat(problems(ODENSE, outcome)).containsExactly(RefusalReason.CASE_UNKNOWN);
    gateway.post(MIDT, notice);
    assertThat(problems(AARHUS, strangers.mentorOutcome(notice, MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.CASE_NOT_YOURS);
    assertThat(
            problems(
                ODENSE, messages.between(ODENSE, SYD).mentorOutcome(notice, MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.CASE_PARTY_WRONG);
  }

  @Test
  void refusesADischargeNoticeUnderAnIdThatAnotherPartyUsed() {
    gateway.post(MIDT, messages.dischargeNotice(MediaType.FHIR_JSON));
    Messages strangers = messages.between(ODENSE, SYD);

    assertThat(problems(SYD, strangers.dischargeNotice(MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.CASE_NOT_YOURS);
    assertThat(validate(MIDT, messages.dischargeNotice(MediaType.FHIR_JSON)).receiver().id())
        .isEqualTo(ODENSE.id());
  }

  @Test
  void refusesARequestUnderTheIdOfADischargeNotice() {
    gateway.post(MIDT, messages.dischargeNotice(MediaType.FHIR_JSON));

    assertThat(problems(ODENSE, request)).containsExactly(RefusalReason.CASE_NOT_YOURS);
  }

  @Test
  void refusesADischargeNoticeUnderTheIdOfACertificateCase() {
    gateway.recorded(request);

    assertThat(problems(MIDT, messages.dischargeNotice(MediaType.FHIR_JSON)))
        .containsExactly(RefusalReason.CASE_NOT_YOURS);
  }

  private Payload acknowledgement(Payload letter) {
    return messages.acknowledgement(letter, AcknowledgementCode.OK, MediaType.FHIR_JSON);
  }

  private ValidatedMessage validate(Party sender, Payload payload) {
    return gateway.validate.content(gateway.authenticate.sender(gateway.from(sender, payload)));
  }

  private List<RefusalReason> problems(Party sender, Payload payload) {
    return refused(sender, payload).stream().map(Problem::reason).toList();
  }

  private List<Problem> refused(Party sender, Payload payload) {
    LetterRefused refused =
        catchThrowableOfType(LetterRefused.class, () -> validate(sender, payload));
    assertThat(refused).as("refused as a letter").isNotNull();
    return refused.refusal().problems();
  }

  private List<RefusalReason> refusedOutright(Party sender, Payload payload) {
    MessageRefused refused =
        catchThrowableOfType(MessageRefused.class, () -> validate(sender, payload));
    assertThat(refused).as("refused, never acknowledged").isNotNull();
    return refused.refusal().problems().stream().map(Problem::reason).toList();
  }
}
