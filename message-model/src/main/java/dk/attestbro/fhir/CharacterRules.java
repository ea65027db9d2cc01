package dk.attestbro.fhir;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.WritableText;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.XhtmlType;

/**
 * No value has a character that XML cannot carry: JSON can escape it, and the receiver that asks
 * for XML would never get the letter (R4, datatype string: it has no other control characters than
 * tab, line feed and carriage return). No profile says so.
 */
final class CharacterRules {
  private CharacterRules() {}

  static void check(FhirMessageReading message, List<Problem> problems) {
    if (message.payload().mediaType() != MediaType.FHIR_JSON) {
      // What XML cannot carry does not come as XML.
      return;
    }
    check(message.bundle(), "Bundle", problems);
  }

  private static void check(Base element, String path, List<Problem> problems) {
    if (element instanceof XhtmlType) {
      // The model is read without narratives; those are checked as XML.
      return;
    }
    String value = element.primitiveValue();
    if (value != null && !WritableText.is(value)) {
      problems.add(new Problem(RefusalReason.FIELD_INVALID, path, "control character"));
    }
    for (Property child : element.children()) {
      List<Base> values = child.getValues();
      for (int i = 0; i < values.size(); i++) {
        String name = path + "." + child.getName().replace("[x]", "");
        check(values.get(i), child.isList() ? name + "[" + i + "]" : name, problems);
      }
    }
  }
}
