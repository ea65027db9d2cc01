package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import java.util.List;
import org.junit.jupiter.api.Test;

class FhirFormsTest {
  private final Forms forms = new FhirForms();

  @Test
  void findsAFormByItsCodeAndByItsId() {
    assertThat(forms.find("LÆ125")).isEqualTo(forms.find("LAE125")).isPresent();
    assertThat(forms.find("PSYK125")).isPresent();
    assertThat(forms.find("LÆ105").orElseThrow().code()).isEqualTo("LÆ105");
    assertThat(forms.find("LÆ121")).isEmpty();
  }

  @Test
  void everyFormHasFourteenDaysAndSaysWhetherThatIsOurOwnDefault() {
    assertThat(forms.all())
        .extracting(f -> f.deadlineRule().reference() + " " + f.deadlineRule().calendarDays())
        .containsExactly("LAE105-14D/1 14", "LAE125-14D/1 14", "PSYK125-14D/1 14");
    assertThat(forms.find("PSYK125").orElseThrow().deadlineRule().ownDefault()).isTrue();
    assertThat(forms.find("LAE125").orElseThrow().deadlineRule().ownDefault()).isFalse();
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
  void theFormOfPsychiatryHasEveryTypeOfQuestion() {
    assertThat(forms.find("PSYK125").orElseThrow().items())
        .extracting(FormItem::type)
        .contains(FormItem.Type.values());
  }
}
