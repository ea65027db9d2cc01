package dk.attestbro.gateway.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.FhirForms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The fields of a sent form, as the plain JSON that a case system would post. */
class FormBodyTest {
  @Test
  void putsEachFieldAtItsPathAndLeavesOutWhatIsBlankOrThePagesOwn() {
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("_csrf", "secret");
    fields.add("form", "PSYK125");
    fields.add("reference", "  ");
    fields.add("citizen.name.given", "Bruno Test");
    fields.add("citizen.name.family", "Elmer");
    fields.put("questions", List.of("Hvilke hensyn?", "", " Hvor mange timer? "));
    fields.add("confirmDuplicate", "true");

    assertThat(json(FormBody.of(fields)))
        .isEqualTo(
            "{\"form\":\"PSYK125\",\"citizen\":{\"name\":{\"given\":[\"Bruno\",\"Test\"],"
                + "\"family\":\"Elmer\"}},\"questions\":[\"Hvilke hensyn?\",\"Hvor mange timer?\"],"
                + "\"confirmDuplicate\":true}");
  }

  @Test
  void givesEachAnswerTheTypeOfItsQuestion() {
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("answers.facts.account", "Forløb siden marts.");
    fields.add("answers.facts.diagnosis-codes", "DF322, DF411");
    fields.add("answers.facts.course", "outpatient");
    fields.add("answers.assessment.hours", "7,5");
    fields.add("answers.assessment.prognosis-months", "mange");
    fields.add("answers.assessment.meeting-useful", "false");
    fields.add("answers.question.1", "Faste opgaver.");

    assertThat(json(FormBody.of(fields, new FhirForms().find("PSYK125"))))
        .isEqualTo(
            "{\"answers\":{\"facts.account\":\"Forløb siden marts.\","
                + "\"facts.diagnosis-codes\":[\"DF322\",\"DF411\"],"
                + "\"facts.course\":{\"code\":\"outpatient\"},\"assessment.hours\":7.5,"
                + "\"assessment.prognosis-months\":\"mange\",\"assessment.meeting-useful\":false,"
                + "\"question.1\":\"Faste opgaver.\"}}");
  }

  private static String json(FormBody body) {
    return new String(body.json(), StandardCharsets.UTF_8);
  }
}
