package dk.attestbro.fhir;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.WritableText;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.XhtmlType;

/**
 * What holds of every element, whatever its place, and no profile says.
 *
 * <ul>
 *   <li>No value has a character that XML cannot carry: JSON can escape it, and the receiver that
 *       asks for XML would never get the letter (R4, datatype string: it has no other control
 *       characters than tab, line feed and carriage return).
 *   <li>In a letter of ours every reference names a resource of this Bundle, or the header of
 *       another letter: nobody could follow any other (R4, Bundle, Resolving references in
 *       Bundles). HAPI resolves only those that the specification has a rule for.
 * </ul>
 */
final class ElementRules {
  private final FhirMessageReading message;
  private final List<Problem> problems;
  private final boolean isJson;
  private final boolean isOurs;

  private ElementRules(FhirMessageReading message, List<Problem> problems) {
    this.message = message;
    this.problems = problems;
    // What XML cannot carry does not come as XML.
    this.isJson = message.payload().mediaType() == MediaType.FHIR_JSON;
    this.isOurs = message.event().filter(event -> !event.isMedCom()).isPresent();
  }

  static void check(FhirMessageReading message, List<Problem> problems) {
    ElementRules rules = new ElementRules(message, problems);
    if (rules.isJson || rules.isOurs) {
      Elements.visit(message.bundle(), "Bundle", rules::check);
    }
  }

  private boolean check(Base element, String path) {
    if (element instanceof XhtmlType) {
      // The model is read without narratives; those are checked as XML.
      return false;
    }
    String value = element.primitiveValue();
    if (isJson && value != null && !WritableText.is(value)) {
      problems.add(new Problem(RefusalReason.FIELD_INVALID, path, "control character"));
    }
    if (isOurs && element instanceof Reference reference && namesNothing(reference)) {
      problems.add(new Problem(RefusalReason.REFERENCE_UNRESOLVED, path));
    }
    return true;
  }

  private boolean namesNothing(Reference reference) {
    return reference.hasReference()
        && !reference.getReference().contains("MessageHeader/")
        && message.resolve(reference).isEmpty();
  }
}
