package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.FormEntry;
import dk.attestbro.gateway.api.Views.FormList;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The certificate forms that can be asked for. */
@RestController
@RequestMapping("/api/v1/forms")
final class FormController {
  private final Forms forms;

  FormController(Forms forms) {
    this.forms = forms;
  }

  @GetMapping
  ResponseEntity<byte[]> list() {
    return Responses.json(
        200,
        new FormList(
            forms.all().stream()
                .map(f -> new FormEntry(f.id(), f.code(), f.title(), f.validFrom(), f.validTo()))
                .toList()));
  }

  /** The form as a FHIR R4 Questionnaire. */
  @GetMapping("/{form}")
  ResponseEntity<byte[]> one(@PathVariable("form") String form) {
    return forms
        .find(form)
        .map(f -> Responses.bytes(200, MediaType.FHIR_JSON.value(), forms.questionnaire(f)))
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }
}
