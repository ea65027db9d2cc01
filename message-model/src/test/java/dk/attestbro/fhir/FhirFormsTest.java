package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FhirFormsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private final Forms forms = new FhirForms();

  @Test
  void findsAFormByItsCodeAndByItsId() {
    assertThat(forms.find("LÆ125")).isEqualTo(forms.find("LAE125")).isPresent();
    assertThat(forms.find("PSYK125")).isPresent();
    assertThat(forms.find("LÆ105").orElseThrow().code()).isEqualTo("LÆ105");
    assertThat(forms.find("LÆ121")).isEmpty();
  }

  @Test
  void everyFormHasTheDeadlineRuleOfItsSource() {
    assertThat(forms.all())
        .extracting(form -> form.deadlineRuleOn(TODAY).reference() + " " + limits(form))
        .containsExactly(
            "LAE105-14D/1 [RECEIVED 14 CALENDAR_DAYS]",
            "LAE115-14D/1 [RECEIVED 14 CALENDAR_DAYS]",
            "LAE125-14D/1 [RECEIVED 14 CALENDAR_DAYS]",
            "LAE135-14D-30D/1 [CONSULTATION 14 CALENDAR_DAYS, RECEIVED 30 CALENDAR_DAYS]",
            "LAE145-14D-30D/1 [CONSULTATION 14 CALENDAR_DAYS, RECEIVED 30 CALENDAR_DAYS]",
            "LAE155-1M-2M/1 [CONSULTATION 1 MONTHS, RECEIVED 2 MONTHS]",
            "LAE225-7D-14D/1 [CONSULTATION 7 CALENDAR_DAYS, RECEIVED 14 CALENDAR_DAYS]",
            "LAE265-14D-30D/1 [CONSULTATION 14 CALENDAR_DAYS, RECEIVED 30 CALENDAR_DAYS]",
            "LAE275-14D-30D/1 [CONSULTATION 14 CALENDAR_DAYS, RECEIVED 30 CALENDAR_DAYS]",
            "LAE285-SET-14D/1 [SET_DATE 0 CALENDAR_DAYS, SENT 14 CALENDAR_DAYS unless SET_DATE]",
            "PSYK125-14D/1 [RECEIVED 14 CALENDAR_DAYS]");
    assertThat(forms.all())
        .filteredOn(form -> form.deadlineRuleOn(TODAY).ownDefault())
        .extracting(Form::id)
        .containsExactly("PSYK125");
    assertThat(forms.all()).noneMatch(form -> form.deadlineRuleOn(TODAY).rollForward());
  }

  @Test
  void theFormsOfTheRehabilitationTeamEndWithIt() {
    for (String id : List.of("LAE265", "LAE275")) {
      Form form = forms.find(id).orElseThrow();
      assertThat(form.isValidOn(LocalDate.of(2026, 6, 30))).isTrue();
      assertThat(form.isValidOn(LocalDate.of(2026, 7, 1))).isFalse();
    }
    assertThat(forms.all()).filteredOn(form -> form.validTo().isPresent()).hasSize(2);
  }

  @Test
  void everyFormIsAValidQuestionnaire() {
    for (Form form : forms.all()) {
      assertThat(errors(forms.questionnaire(form))).as(form.id()).isEmpty();
    }
  }

  @Test
  void takesAFormThatIsNothingButAFile(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("NEW1.json"), newForm());

    Forms withNew = new FhirForms(folder);

    Form form = withNew.find("NEW1").orElseThrow();
    assertThat(withNew.all()).hasSize(forms.all().size() + 1);
    assertThat(errors(withNew.questionnaire(form))).isEmpty();
    assertThat(form.authorIsDoctor()).isFalse();
    assertThat(form.deadlineRuleOn(LocalDate.of(2026, 12, 31)).reference()).isEqualTo("NEW1/1");
    assertThat(form.deadlineRuleOn(LocalDate.of(2027, 1, 1)).reference()).isEqualTo("NEW1/2");
    assertThat(limits(form)).isEqualTo("[RECEIVED 10 WORKING_DAYS]");
  }

  @Test
  void aFormInTheFolderReplacesTheOneOfItsId(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("any.json"), newForm().replace("NEW1", "LAE125"));

    assertThat(new FhirForms(folder).find("LÆ125").orElseThrow().title().en())
        .isEqualTo("A new form");
  }

  @Test
  void refusesFilesThatAreNoFormsWithEveryMistake(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.json"), "{");
    Files.writeString(folder.resolve("b.json"), newForm().replace("working-days", "weeks"));
    Files.writeString(folder.resolve("c.json"), newForm());
    Files.writeString(folder.resolve("d.json"), newForm());
    Files.writeString(
        folder.resolve("e.json"),
        newForm()
            .replace(
                "\"linkId\": \"facts.account\"",
                """
                "extension": [{"url": "https://attestbro.dk/fhir/StructureDefinition/not-before",
                  "valueString": "facts.day"}], "linkId": "facts.account\"""")
            .replace("NEW1", "NEW2"));

    assertThatThrownBy(() -> new FhirForms(folder))
        .isInstanceOf(FormsInvalid.class)
        .hasMessageContaining("4 mistake(s)")
        .hasMessageContaining("a.json is not JSON")
        .hasMessageContaining("unit has the unknown code 'weeks'")
        .hasMessageContaining("d.json has the id of")
        .hasMessageContaining("facts.account is not before what is no date");
  }

  @Test
  void aFolderThatIsNotThereHoldsNoForms(@TempDir Path folder) {
    assertThat(new FhirForms(folder.resolve("forms")).all()).isEqualTo(forms.all());
  }

  @Test
  void everyFormHasBothLanguagesAndLinkIdsThatNameOneQuestionEach() {
    for (Form form : forms.all()) {
      assertThat(form.title().da()).isNotBlank();
      assertThat(form.title().en()).isNotBlank();
      assertThat(form.canonical()).endsWith("/" + form.id() + "|1.0");
      List<String> linkIds = form.items().stream().map(FormItem::linkId).toList();
      assertThat(linkIds).doesNotHaveDuplicates().allMatch(l -> l.matches("[a-z]+\\.[a-z-]+"));
    }
  }

  @Test
  void everyQuestionAndOptionHasItsWordsUnderAHeading() {
    for (Form form : forms.all()) {
      assertThat(form.items())
          .flatExtracting(item -> List.of(item.group(), item.text()))
          .allSatisfy(
              text -> {
                assertThat(text.da()).isNotBlank();
                assertThat(text.en()).isNotBlank();
              });
      assertThat(form.items())
          .flatExtracting(FormItem::options)
          .allSatisfy(option -> assertThat(option.display().da()).isNotBlank());
    }
    assertThat(forms.find("PSYK125").orElseThrow().item("facts.course").orElseThrow().text().da())
        .isEqualTo("Forløbets status");
  }

  @Test
  void theFormOfPsychiatryHasEveryTypeOfQuestion() {
    assertThat(forms.find("PSYK125").orElseThrow().items())
        .extracting(FormItem::type)
        .contains(FormItem.Type.values());
  }

  private static String newForm() throws IOException {
    try (InputStream form = FhirFormsTest.class.getResourceAsStream("NEW1.json")) {
      return new String(form.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String limits(Form form) {
    return form.deadlineRuleOn(TODAY).limits().stream()
        .map(
            limit ->
                limit.start()
                    + " "
                    + limit.length()
                    + " "
                    + limit.unit()
                    + limit.unless().map(event -> " unless " + event).orElse(""))
        .toList()
        .toString();
  }

  private static List<String> errors(byte[] questionnaire) {
    return ValidationStack.own().validate(questionnaire, MediaType.FHIR_JSON, "").stream()
        .filter(message -> message.getLevel().isError())
        .map(message -> message.getLocation() + ": " + message.getMessage())
        .toList();
  }
}
