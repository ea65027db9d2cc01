package dk.attestbro.fhir;

import java.util.List;
import java.util.stream.Collectors;

/** Files of the operator's that are no forms, with every mistake at once. */
public final class FormsInvalid extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  FormsInvalid(List<String> mistakes) {
    super(
        mistakes.stream()
            .map(mistake -> "\n  - " + mistake)
            .collect(
                Collectors.joining("", "the forms have " + mistakes.size() + " mistake(s):", "")));
  }
}
