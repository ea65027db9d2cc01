package dk.attestbro.model;

import java.util.List;
import java.util.Optional;

/** The forms that this installation knows. */
public interface Forms {
  /** Every form, by id. */
  List<Form> all();

  /** The form with this code or id: {@code LÆ125} and {@code LAE125} name the same. */
  Optional<Form> find(String codeOrId);

  /** The form's FHIR Questionnaire as JSON bytes. */
  byte[] questionnaire(Form form);
}
