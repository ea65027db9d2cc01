package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Contact;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Digest;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DischargeWritesTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final LocalDate DATE = LocalDate.of(2026, 12, 7);

  private static final Duration DAY = Duration.ofDays(1);

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload notice = messages.dischargeNotice(MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void putsTheFiguresOfANoticeIntoItsCommit() {
    post(MIDT, notice);

    assertThat(gateway.records.written()).isEqualTo(1);
    assertThat(facts())
        .containsExactly(
            new DischargeFact(
                messages.caseId(),
                MIDT.id(),
                MIDT.region().orElseThrow(),
                ODENSE.id(),
                ODENSE.municipality().orElseThrow(),
                DATE,
                TestGateway.NOW,
                Optional.empty(),
                Optional.empty(),
                TestGateway.NOW));
  }

  @Test
  void addsTheAnswerToThem() {
    post(MIDT, notice);
    gateway.clock.pass(Duration.ofDays(2));

    post(ODENSE, messages.mentorOutcome(notice, MediaType.FHIR_JSON));

    DischargeFact fact = newest();
    assertThat(fact.caseId()).isEqualTo(messages.caseId());
    assertThat(fact.unit()).isEqualTo(MIDT.id());
    assertThat(fact.municipalityParty()).isEqualTo(ODENSE.id());
    assertThat(fact.dischargeDate()).isEqualTo(DATE);
    assertThat(fact.noticedAt()).isEqualTo(TestGateway.NOW);
    assertThat(fact.outcome()).contains("OFFERED_ACCEPTED");
    assertThat(fact.outcomeAt()).contains(gateway.clock.instant());
  }

  @Test
  void keepsTheDayOfTheFirstNoticeAndTheAnswerWhereTheDateIsMoved() {
    post(MIDT, notice);
    gateway.clock.pass(Duration.ofDays(2));
    post(ODENSE, messages.mentorOutcome(notice, MediaType.FHIR_JSON));
    gateway.clock.pass(Duration.ofDays(1));

    post(MIDT, messages.back(changedTo(DATE.plusDays(4)), notice, MediaType.FHIR_JSON));

    DischargeFact fact = newest();
    assertThat(fact.dischargeDate()).isEqualTo(DATE.plusDays(4));
    assertThat(fact.noticedAt()).isEqualTo(TestGateway.NOW);
    assertThat(fact.outcome()).contains("OFFERED_ACCEPTED");
    assertThat(fact.at()).isEqualTo(gateway.clock.instant());
  }

  @Test
  void countsTheNewestAnswer() {
    post(MIDT, notice);
    post(ODENSE, messages.mentorOutcome(notice, MediaType.FHIR_JSON));

    post(
        ODENSE,
        messages.forward(
            new LetterContent.MentorOutcome("OFFERED_DECLINED", ""), notice, MediaType.FHIR_JSON));

    assertThat(newest().outcome()).contains("OFFERED_DECLINED");
  }

  @Test
  void letsSuccessorsAnswerAndChangeWhatTheirPredecessorsTold() {
    Party syd = SampleDirectory.SYD;
    post(MIDT, notice);
    gateway.change(Parties.succeeded(MIDT, DeadlineRule.day(TestGateway.NOW.plus(DAY)), syd.id()));
    gateway.clock.pass(DAY.multipliedBy(2));
    Messages after = messages.between(ODENSE, syd);

    post(ODENSE, after.mentorOutcome(notice, MediaType.FHIR_JSON));
    post(syd, after.back(changedTo(DATE.plusDays(4)), notice, MediaType.FHIR_JSON));

    assertThat(newest().unit()).isEqualTo(syd.id());
    assertThat(newest().dischargeDate()).isEqualTo(DATE.plusDays(4));
    assertThat(newest().noticedAt()).isEqualTo(TestGateway.NOW);
    assertThat(newest().outcome()).contains("OFFERED_ACCEPTED");
  }

  @Test
  void sendsAPlainAnswerToTheSuccessorOfWhoGaveNotice() {
    post(MIDT, notice);
    gateway.change(
        Parties.succeeded(
            MIDT, DeadlineRule.day(TestGateway.NOW.plus(DAY)), SampleDirectory.SYD.id()));
    gateway.clock.pass(DAY.multipliedBy(2));
    LetterId id = LetterId.random();

    Answer answer =
        gateway.writeLetter.take(
            new PlainLetter(
                TestGateway.caller(ODENSE),
                Optional.of(ODENSE.id()),
                id,
                new LetterContent.MentorOutcome("NOT_OFFERED", ""),
                List.of(),
                Optional.empty(),
                Optional.of(messages.caseId()),
                false,
                Digest.of(new byte[] {1}),
                Digest.of(new byte[] {1})));

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.letter(new LetterRef(ODENSE.id(), id)).receiver())
        .contains(SampleDirectory.SYD.id());
    assertThat(newest().outcome()).contains("NOT_OFFERED");
  }

  @Test
  void countsNoOtherLetter() {
    post(ODENSE, TestGateway.newCase().request(MediaType.FHIR_JSON));

    assertThat(facts()).isEmpty();
  }

  private static LetterContent changedTo(LocalDate date) {
    return new LetterContent.DischargeNotice(
        Optional.of(Messages.citizen()),
        Optional.of(date),
        "Sengeafsnit P3",
        Optional.of(new Contact("Sygeplejerske Mads Mose", "+45 78 45 00 00")),
        "");
  }

  private void post(Party sender, Payload letter) {
    assertThat(gateway.post(sender, letter)).isInstanceOf(Answer.Accepted.class);
  }

  private List<DischargeFact> facts() {
    return gateway.records.dischargeFacts();
  }

  private DischargeFact newest() {
    return facts().get(facts().size() - 1);
  }
}
