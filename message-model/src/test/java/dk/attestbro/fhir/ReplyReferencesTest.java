package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyReferencesTest {
  private static final String FORM = "https://attestbro.dk/fhir/Questionnaire/PSYK125";

  @ParameterizedTest
  @EnumSource(names = {"CERTIFICATE_REPLY", "CERTIFICATE_CORRECTION"})
  void everyDocumentIsNamedByTheTask(EventCode event) {
    List<Problem> problems =
        problems(
            event,
            parts ->
                task(parts)
                    .getOutput()
                    .removeIf(output -> ContentReader.isType(output.getType(), "document")));

    assertThat(problems)
        .containsExactly(
            new Problem(
                RefusalReason.FIELD_MISSING, "Bundle.entry[3].resource.output", "document"));
  }

  @Test
  void whatTheTaskCallsTheReplyIsTheAnswers() {
    assertThat(
            problems(
                EventCode.CERTIFICATE_REPLY,
                parts -> output(parts, "reply").setValue(output(parts, "document").getValue())))
        .extracting(Problem::reason, Problem::hint)
        .containsExactly(tuple(RefusalReason.FIELD_INVALID, "QuestionnaireResponse"));
  }

  @Test
  void whatTheTaskCallsADocumentIsOne() {
    assertThat(
            problems(
                EventCode.CERTIFICATE_REPLY,
                parts ->
                    task(parts)
                        .addOutput(
                            output(parts, "document").copy().setValue(new StringType("bilag")))))
        .extracting(Problem::reason, Problem::hint)
        .containsExactly(tuple(RefusalReason.FIELD_INVALID, "DocumentReference"));
  }

  @Test
  void everyBinaryIsDescribed() {
    assertThat(
            problems(
                EventCode.CERTIFICATE_REPLY,
                parts ->
                    parts
                        .first(DocumentReference.class)
                        .orElseThrow()
                        .getContentFirstRep()
                        .getAttachment()
                        .setUrl("https://example.org/elsewhere")))
        .extracting(Problem::reason, Problem::hint)
        .containsExactly(tuple(RefusalReason.FIELD_INVALID, "DocumentReference"));
  }

  @Test
  void theAnswersAreThoseOfTheForm() {
    assertThat(problems(EventCode.CERTIFICATE_REPLY, parts -> answers(parts, "LAE125|1.0")))
        .extracting(Problem::reason, Problem::hint)
        .containsExactly(tuple(RefusalReason.FIELD_INVALID, FORM));
  }

  @Test
  void anotherVersionOfTheFormIsTheForm() {
    assertThat(problems(EventCode.CERTIFICATE_REPLY, parts -> answers(parts, "PSYK125|0.9")))
        .isEmpty();
    assertThat(problems(EventCode.CERTIFICATE_REPLY, parts -> answers(parts, "PSYK125"))).isEmpty();
  }

  private static void answers(MessageParts parts, String form) {
    parts
        .first(QuestionnaireResponse.class)
        .orElseThrow()
        .setQuestionnaire(FORM.replace("PSYK125", form));
  }

  private static Task task(MessageParts parts) {
    return parts.task().orElseThrow();
  }

  private static Task.TaskOutputComponent output(MessageParts parts, String type) {
    return task(parts).getOutput().stream()
        .filter(output -> ContentReader.isType(output.getType(), type))
        .findFirst()
        .orElseThrow();
  }

  private static List<Problem> problems(EventCode event, Consumer<MessageParts> change) {
    var letter = Examples.of(event);
    change.accept(new MessageParts(letter));
    List<Problem> problems = new ArrayList<>();
    ReplyReferences.check(
        Samples.read(Fhir.payload(letter, MediaType.FHIR_JSON)), event, Messages.FORMS, problems);
    return problems;
  }
}
