package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CertificateReplyRulesTest {
  private static final byte[] PDF = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
  private static final Text NO_TEXT = new Text("", "");
  private static final Form FORM =
      new Form(
          "T1",
          "T1",
          new Text("T1", "T1"),
          "https://attestbro.dk/fhir/Questionnaire/T1|1.0",
          LocalDate.of(2023, 1, 1),
          Optional.empty(),
          List.of(
              new DeadlineRule(
                  "T1-14D",
                  1,
                  List.of(
                      new DeadlineRule.Limit(
                          DeadlineRule.StartEvent.RECEIVED, 14, DeadlineRule.Unit.CALENDAR_DAYS)),
                  false,
                  true,
                  LocalDate.of(2023, 1, 1),
                  Optional.empty())),
          true,
          List.of(
              item("facts.account", FormItem.Type.TEXT, true, false, 10),
              item("facts.names", FormItem.Type.STRING, false, true, 5),
              item("count", FormItem.Type.INTEGER, false, false, 0),
              item("hours", FormItem.Type.DECIMAL, false, false, 0),
              item("yes", FormItem.Type.BOOLEAN, false, false, 0),
              item("day", FormItem.Type.DATE, false, false, 0),
              new FormItem(
                  "later",
                  NO_TEXT,
                  NO_TEXT,
                  FormItem.Type.DATE,
                  false,
                  false,
                  0,
                  List.of(),
                  Optional.of("day")),
              new FormItem(
                  "course",
                  NO_TEXT,
                  NO_TEXT,
                  FormItem.Type.CHOICE,
                  false,
                  false,
                  0,
                  List.of(new FormItem.Option("urn:s", "a", NO_TEXT)),
                  Optional.empty())));

  private final Map<String, List<Answer>> answers =
      new HashMap<>(Map.of("facts.account", text("fine")));
  private boolean insufficientKnowledge = false;
  private String authorName = "Lone Lind";
  private String authorisationId = "06B4K";
  private List<Attachment> attachments = List.of();

  @Test
  void acceptsAnswersOfTheRightTypes() {
    answers.put("facts.names", List.of(new Answer.TextAnswer("a"), new Answer.TextAnswer("b")));
    answers.put("count", number("6"));
    answers.put("hours", number("7.5"));
    answers.put("yes", List.of(new Answer.BooleanAnswer(true)));
    answers.put("day", List.of(new Answer.DateAnswer(LocalDate.of(2026, 11, 23))));
    answers.put("course", List.of(new Answer.CodeAnswer("", "a")));
    answers.put("question.2", text("yes"));
    assertThat(problems(OptionalInt.of(2))).isEmpty();
  }

  @Test
  void refusesAnswersOfTheWrongType() {
    for (String linkId : List.of("count", "hours", "yes", "day", "course")) {
      answers.put(linkId, text("no"));
    }
    answers.put("facts.names", number("1"));
    assertThat(problems(OptionalInt.of(0)))
        .containsExactly(
            "ANSWER_WRONG_TYPE answers.count",
            "ANSWER_WRONG_TYPE answers.course",
            "ANSWER_WRONG_TYPE answers.day",
            "ANSWER_WRONG_TYPE answers.facts.names[0]",
            "ANSWER_WRONG_TYPE answers.hours",
            "ANSWER_WRONG_TYPE answers.yes");
  }

  @Test
  void refusesADateBeforeTheOneThatTheFormPutsItAfter() {
    answers.put("day", List.of(new Answer.DateAnswer(LocalDate.of(2026, 11, 23))));
    answers.put("later", List.of(new Answer.DateAnswer(LocalDate.of(2026, 11, 23))));
    assertThat(problems(OptionalInt.of(0))).isEmpty();
    answers.put("later", List.of(new Answer.DateAnswer(LocalDate.of(2026, 11, 22))));
    assertThat(problems(OptionalInt.of(0))).containsExactly("DATES_IN_WRONG_ORDER answers.later");
    answers.remove("day");
    assertThat(problems(OptionalInt.of(0))).isEmpty();
  }

  @Test
  void refusesAFractionWhereAnIntegerIsAsked() {
    answers.put("count", number("1.5"));
    assertThat(problems(OptionalInt.of(0))).containsExactly("ANSWER_WRONG_TYPE answers.count");
    answers.put("count", number("3000000000"));
    assertThat(problems(OptionalInt.of(0))).containsExactly("ANSWER_WRONG_TYPE answers.count");
  }

  @Test
  void refusesAnUnknownLinkIdWithoutRepeatingIt() {
    answers.put("facts.unknown", text("x"));
    answers.put("Bruno Elmer 2509479989", text("x"));
    assertThat(problems(OptionalInt.of(0)))
        .containsExactly("ANSWER_UNKNOWN answers", "ANSWER_UNKNOWN answers.facts.unknown");
  }

  @Test
  void refusesAnAnswerToAQuestionThatWasNotAsked() {
    answers.put("question.3", text("x"));
    assertThat(problems(OptionalInt.of(2))).containsExactly("ANSWER_UNKNOWN answers.question.3");
    assertThat(problems(OptionalInt.empty())).isEmpty();
  }

  @Test
  void refusesTwoAnswersWhereOneIsAsked() {
    answers.put("count", List.of(number("1").get(0), number("2").get(0)));
    assertThat(problems(OptionalInt.of(0))).containsExactly("ANSWER_WRONG_TYPE answers.count");
  }

  @Test
  void refusesACodeThatIsNoOption() {
    answers.put("course", List.of(new Answer.CodeAnswer("", "b")));
    assertThat(problems(OptionalInt.of(0))).containsExactly("CODE_UNKNOWN answers.course");
    answers.put("course", List.of(new Answer.CodeAnswer("urn:other", "a")));
    assertThat(problems(OptionalInt.of(0))).containsExactly("CODE_UNKNOWN answers.course");
  }

  @Test
  void refusesATextThatIsTooLongOrBlank() {
    answers.put("facts.account", text("12345678901"));
    assertThat(problems(OptionalInt.of(0))).containsExactly("FIELD_INVALID answers.facts.account");
    answers.put("facts.account", text(" "));
    assertThat(problems(OptionalInt.of(0))).containsExactly("FIELD_INVALID answers.facts.account");
  }

  @Test
  void asksForARequiredAnswerUnlessAPdfOrTheLackOfKnowledgeStandsInItsPlace() {
    answers.clear();
    answers.put("count", number("1"));
    assertThat(problems(OptionalInt.of(0))).containsExactly("ANSWER_MISSING answers.facts.account");
    attachments = List.of(new Attachment("a", "application/pdf", PDF));
    assertThat(problems(OptionalInt.of(0))).isEmpty();
    attachments = List.of();
    insufficientKnowledge = true;
    assertThat(problems(OptionalInt.of(0))).isEmpty();
  }

  @Test
  void asksForAnswersUnlessAPdfOrTheLackOfKnowledgeStandsInTheirPlace() {
    answers.clear();
    attachments = List.of(new Attachment("a", "image/png", png()));
    assertThat(problems(OptionalInt.of(0)))
        .containsExactly("ANSWERS_MISSING answers", "ANSWER_MISSING answers.facts.account");
    insufficientKnowledge = true;
    assertThat(problems(OptionalInt.of(0))).isEmpty();
  }

  @Test
  void asksForADoctorAsAuthor() {
    authorName = "";
    authorisationId = "";
    assertThat(problems(OptionalInt.of(0)))
        .containsExactly("AUTHOR_MISSING author.name", "AUTHOR_MISSING author.authorisationId");
    authorName = "Lone Lind";
    authorisationId = "not an id";
    assertThat(problems(OptionalInt.of(0)))
        .containsExactly("AUTHOR_MISSING author.authorisationId");
  }

  @Test
  void takesAnAuthorWhoIsNoDoctorWhereTheFormSaysSo() {
    Form form =
        new Form(
            FORM.id(),
            FORM.code(),
            FORM.title(),
            FORM.canonical(),
            FORM.validFrom(),
            FORM.validTo(),
            FORM.deadlineRules(),
            false,
            FORM.items());
    authorisationId = "";
    assertThat(problems(form, OptionalInt.of(0))).isEmpty();
    authorisationId = "not an id";
    assertThat(problems(form, OptionalInt.of(0)))
        .containsExactly("AUTHOR_MISSING author.authorisationId");
  }

  @Test
  void refusesAttachmentsThatAreEmptyOfAnotherTypeOrMislabelled() {
    attachments =
        List.of(
            new Attachment("a", "application/pdf", new byte[0]),
            new Attachment("b", "text/html", PDF),
            new Attachment("c", "image/png", PDF),
            new Attachment("d", "Application/PDF; x=y", PDF));
    assertThat(problems(OptionalInt.of(0)))
        .containsExactly(
            "ATTACHMENT_INVALID attachments[0].data",
            "ATTACHMENT_TYPE_NOT_ALLOWED attachments[1].contentType",
            "ATTACHMENT_TYPE_MISMATCH attachments[2].data");
  }

  @Test
  void knowsTheBeginningsOfAllSixTypes() {
    assertThat(AttachmentTypes.PDF.matches(PDF)).isTrue();
    assertThat(AttachmentTypes.PNG.matches(png())).isTrue();
    assertThat(AttachmentTypes.JPEG.matches(bytes(0xFF, 0xD8, 0xFF, 0xE0))).isTrue();
    assertThat(AttachmentTypes.GIF.matches("GIF89a".getBytes(StandardCharsets.US_ASCII))).isTrue();
    assertThat(AttachmentTypes.TIFF.matches(bytes('M', 'M', 0, 42))).isTrue();
    assertThat(AttachmentTypes.BMP.matches(bytes('B', 'M'))).isTrue();
    assertThat(AttachmentTypes.PDF.matches(new byte[] {'%', 'P'})).isFalse();
  }

  @Test
  void shortLettersNeedAKnownReason() {
    assertThat(CaseLetterRules.check(new LetterContent.Returned("WRONG_FORM", ""))).isEmpty();
    assertThat(CaseLetterRules.check(new LetterContent.Returned("OTHER", "")))
        .extracting(Problem::path)
        .containsExactly("text");
    assertThat(CaseLetterRules.check(new LetterContent.Returned("BORED", "")))
        .extracting(Problem::reason)
        .containsExactly(RefusalReason.REASON_UNKNOWN);
    assertThat(CaseLetterRules.check(new LetterContent.Cancelled("", "")))
        .extracting(Problem::reason)
        .containsExactly(RefusalReason.FIELD_MISSING);
    assertThat(CaseLetterRules.check(new LetterContent.Cancelled("OTHER", ""))).isEmpty();
    assertThat(CaseLetterRules.check(new LetterContent.Filed("x".repeat(201)))).hasSize(1);
  }

  @Test
  void everyRefusalThatIsAnsweredByAnAcknowledgementHasACodeOfMedComs() {
    for (RefusalReason reason : RefusalReason.values()) {
      if (reason.httpStatus() == 422) {
        assertThat(AcknowledgementCodes.systemOf(reason.acknowledgementCode()))
            .as(reason.name())
            .isPresent();
      }
    }
  }

  private List<String> problems(OptionalInt freeQuestions) {
    return problems(FORM, freeQuestions);
  }

  private List<String> problems(Form form, OptionalInt freeQuestions) {
    CertificateReply reply =
        new CertificateReply(
            answers, insufficientKnowledge, authorName, authorisationId, attachments);
    return CertificateReplyRules.check(reply, form, freeQuestions).stream()
        .map(p -> p.reason() + " " + p.path())
        .toList();
  }

  private static FormItem item(
      String linkId, FormItem.Type type, boolean required, boolean repeats, int maxLength) {
    return new FormItem(
        linkId, NO_TEXT, NO_TEXT, type, required, repeats, maxLength, List.of(), Optional.empty());
  }

  private static List<Answer> text(String value) {
    return List.of(new Answer.TextAnswer(value));
  }

  private static List<Answer> number(String value) {
    return List.of(new Answer.NumberAnswer(new BigDecimal(value)));
  }

  private static byte[] png() {
    return bytes(0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
