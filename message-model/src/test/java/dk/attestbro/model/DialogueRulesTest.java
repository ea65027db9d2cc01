package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.LetterContent.Clarification;
import dk.attestbro.model.LetterContent.ConsentWithdrawn;
import dk.attestbro.model.LetterContent.Correction;
import dk.attestbro.model.LetterContent.DischargeNotice;
import dk.attestbro.model.LetterContent.Forwarded;
import dk.attestbro.model.LetterContent.InterimReply;
import dk.attestbro.model.LetterContent.MentorOutcome;
import dk.attestbro.model.LetterContent.Question;
import dk.attestbro.model.LetterContent.Reminder;
import dk.attestbro.model.LetterContent.Retraction;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of the letters that pass to and fro after a request, and of those about a discharge.
 */
class DialogueRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String LETTER = "7d1f4b1e-6a52-4c39-9f5a-3a9d5c0b8e21";
  private static final CertificateReply REPLY =
      new CertificateReply(Map.of(), true, "Læge Lone Lind", "06B4K", List.of());
  private static final Citizen CITIZEN =
      new Citizen(
          Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, "2509479989", "Elmer", List.of("Bruno"));
  private static final OrganisationIds UNIT =
      new OrganisationIds("1000000000016041", "5790001900052", "");
  private static final DischargeNotice NOTICE =
      new DischargeNotice(
          Optional.of(CITIZEN),
          Optional.of(TODAY.minusDays(1)),
          "Sengeafsnit P3",
          Optional.of(new Contact("Mads Mose", "78450000")),
          "");

  static Stream<LetterContent> good() {
    return Stream.of(
        new InterimReply(Optional.of(TODAY), ""),
        new Reminder("notice", ""),
        new Reminder("reminder", "Hvor er den?"),
        new Question("Hvilken arbejdsplads?", ""),
        new Question("Hvilken arbejdsplads?", "facts.account"),
        new Question("Hvilken arbejdsplads?", "question.2"),
        new Clarification("Den nuværende."),
        new Correction(REPLY, LETTER, "Forkert bilag"),
        new Retraction(LETTER, "WRONG_ATTACHMENT", ""),
        new Retraction(LETTER, "OTHER", "Trukket tilbage efter aftale."),
        new Forwarded(UNIT, "Region Syddanmark", ""),
        new ConsentWithdrawn(Optional.of(TODAY), ""),
        NOTICE,
        new MentorOutcome("NOT_ENTITLED", ""));
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesWhatIsWhole(LetterContent content) {
    assertThat(problems(content)).isEmpty();
  }

  @Test
  void asksAnInterimReplyForADateThatIsNotPast() {
    assertThat(problems(new InterimReply(Optional.empty(), "")))
        .containsExactly("FIELD_MISSING expectedBy");
    assertThat(problems(new InterimReply(Optional.of(TODAY.minusDays(1)), "")))
        .containsExactly("DATES_IN_WRONG_ORDER expectedBy");
  }

  @Test
  void knowsTwoKindsOfReminder() {
    assertThat(problems(new Reminder("", ""))).containsExactly("CODE_UNKNOWN kind");
  }

  @Test
  void asksAQuestionForATextAndForAQuestionThatTheCaseHas() {
    assertThat(problems(new Question(" ", "facts.nothing")))
        .containsExactly("FIELD_MISSING text", "FIELD_INVALID linkId");
    assertThat(problems(new Question("Hvad?", "question.3")))
        .containsExactly("FIELD_INVALID linkId");
    assertThat(problems(new Clarification(""))).containsExactly("FIELD_MISSING text");
  }

  @Test
  void asksACorrectionForAWholeReplyTheLetterAndTheReason() {
    CertificateReply empty = new CertificateReply(Map.of(), false, "", "", List.of());

    assertThat(problems(new Correction(empty, "", "")))
        .containsExactly(
            "ANSWERS_MISSING answers",
            "ANSWER_MISSING answers.facts.account",
            "AUTHOR_MISSING author.name",
            "AUTHOR_MISSING author.authorisationId",
            "FIELD_MISSING corrects",
            "FIELD_MISSING reason");
    assertThat(problems(new Correction(REPLY, "brev nr. 1", "Forkert bilag")))
        .containsExactly("FIELD_INVALID corrects");
  }

  @Test
  void asksARetractionForTheLetterAndACodedReason() {
    assertThat(problems(new Retraction("", "", "")))
        .containsExactly("FIELD_MISSING retracts", "FIELD_MISSING reason");
    assertThat(problems(new Retraction("æ", "WRONG_DAY", "")))
        .containsExactly("FIELD_INVALID retracts", "REASON_UNKNOWN reason");
    assertThat(problems(new Retraction(LETTER, "OTHER", ""))).containsExactly("FIELD_MISSING text");
  }

  @Test
  void asksAForwardedCaseForItsNewUnit() {
    assertThat(problems(new Forwarded(new OrganisationIds("", "", ""), "", "")))
        .containsExactly("FIELD_MISSING to");
  }

  @Test
  void asksAWithdrawalForADayThatIsNotAhead() {
    assertThat(problems(new ConsentWithdrawn(Optional.empty(), "")))
        .containsExactly("FIELD_MISSING at");
    assertThat(problems(new ConsentWithdrawn(Optional.of(TODAY.plusDays(1)), "")))
        .containsExactly("DATES_IN_WRONG_ORDER at");
  }

  @Test
  void givesOneDischargeOneCaseIdAndEveryOtherAnother() {
    PartyId midt = new PartyId("midt");
    PartyId odense = new PartyId("odense");
    Digest citizen = Digest.of(new byte[] {1});
    CaseId id = DischargeRules.caseOf(midt, odense, citizen, TODAY);

    assertThat(DischargeRules.caseOf(midt, odense, citizen, TODAY)).isEqualTo(id);
    assertThat(DischargeRules.caseOf(odense, midt, citizen, TODAY)).isNotEqualTo(id);
    assertThat(DischargeRules.caseOf(midt, odense, Digest.of(new byte[] {2}), TODAY))
        .isNotEqualTo(id);
    assertThat(DischargeRules.caseOf(midt, odense, citizen, TODAY.plusDays(1))).isNotEqualTo(id);
  }

  @Test
  void asksADischargeNoticeForCitizenDateUnitAndContact() {
    assertThat(
            problems(
                new DischargeNotice(Optional.empty(), Optional.empty(), "", Optional.empty(), "")))
        .containsExactly(
            "CITIZEN_MISSING citizen",
            "FIELD_MISSING dischargeDate",
            "FIELD_MISSING unit",
            "CONTACT_MISSING contact");
    assertThat(
            problems(
                new DischargeNotice(
                    NOTICE.citizen(),
                    NOTICE.dischargeDate(),
                    NOTICE.unit(),
                    Optional.of(new Contact("Mads Mose", "ukendt")),
                    "")))
        .containsExactly("PHONE_MISSING contact.phone");
  }

  @Test
  void knowsTheOutcomesOfAMentorOffer() {
    assertThat(problems(new MentorOutcome("", ""))).containsExactly("FIELD_MISSING outcome");
    assertThat(problems(new MentorOutcome("PERHAPS", ""))).containsExactly("CODE_UNKNOWN outcome");
  }

  @Test
  void boundsEveryText() {
    String tooLong = "x".repeat(CertificateRequestRules.LONG_TEXT + 1);

    assertThat(
            Stream.of(
                    new InterimReply(Optional.of(TODAY), tooLong),
                    new Reminder("notice", tooLong),
                    new Question(tooLong, ""),
                    new Clarification(tooLong),
                    new Retraction(LETTER, "WRONG_CPR", tooLong),
                    new Forwarded(UNIT, "", tooLong),
                    new ConsentWithdrawn(Optional.of(TODAY), tooLong),
                    new MentorOutcome("NOT_OFFERED", tooLong))
                .map(DialogueRulesTest::problems))
        .allMatch(List.of("FIELD_INVALID text")::equals);
  }

  private static List<String> problems(LetterContent content) {
    return new LetterContentRules(new dk.attestbro.fhir.FhirForms(), TODAY)
        .check(content, "PSYK125", OptionalInt.of(2)).stream()
            .map(p -> p.reason() + " " + p.path())
            .toList();
  }
}
