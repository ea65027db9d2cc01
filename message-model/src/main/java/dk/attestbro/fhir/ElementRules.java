package dk.attestbro.fhir;

import static dk.attestbro.fhir.FhirMessageReading.text;

import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.WritableText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.XhtmlType;

/**
 * What holds of every element, whatever its place, and no profile says.
 *
 * <ul>
 *   <li>No value has a character that XML cannot carry: JSON can escape it, and the receiver that
 *       asks for XML would never get the letter (R4, datatype string: it has no other control
 *       characters than tab, line feed and carriage return).
 *   <li>A citizen's number has its shape, also where the Patient is contained in something else.
 *   <li>No number has more digits than anybody means: whoever writes it out would run out of
 *       memory.
 *   <li>In a letter of ours every reference names a resource of this Bundle, but those of a
 *       Provenance to the headers of letters: nobody could follow any other (R4, Bundle, Resolving
 *       references in Bundles). HAPI resolves only those that the specification has a rule for.
 *   <li>In a letter of ours nothing changes the meaning of the rest unless the model says so: who
 *       does not know a modifier extension or the rules that implicitRules names must not go on (R4
 *       2.1.0.2.1 and 2.26.3.2), and nobody here knows any.
 * </ul>
 */
final class ElementRules {
  private final FhirMessageReading message;
  private final List<Problem> problems;
  private final boolean isJson;
  private final boolean isOurs;
  private final Set<Reference> ofOtherLetters;

  private ElementRules(FhirMessageReading message, List<Problem> problems) {
    this.message = message;
    this.problems = problems;
    // What XML cannot carry does not come as XML.
    this.isJson = message.payload().mediaType() == MediaType.FHIR_JSON;
    this.isOurs = message.event().filter(event -> !event.isMedCom()).isPresent();
    this.ofOtherLetters = ofOtherLetters(message);
  }

  static void check(FhirMessageReading message, List<Problem> problems) {
    Elements.visit(message.bundle(), "Bundle", new ElementRules(message, problems)::check);
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
    if (element instanceof DecimalType number
        && number.getValue() != null
        && !Numbers.isBounded(number.getValue())) {
      problems.add(new Problem(RefusalReason.FIELD_INVALID, path, "number"));
    }
    if (element instanceof Patient patient) {
      for (int i = 0; i < patient.getIdentifier().size(); i++) {
        citizen(patient.getIdentifier().get(i), path + ".identifier[" + i + "]");
      }
    }
    if (isOurs && element instanceof Reference reference && namesNothing(reference)) {
      problems.add(new Problem(RefusalReason.REFERENCE_UNRESOLVED, path));
    }
    if (isOurs && isModifier(path)) {
      problems.add(new Problem(RefusalReason.PROFILE_VIOLATED, path, "modifier"));
    }
    return true;
  }

  private void citizen(Identifier identifier, String path) {
    String system = text(identifier.getSystem());
    String value = text(identifier.getValue());
    if (system.equals(CitizenRules.CPR_SYSTEM)) {
      if (!CitizenRules.isCpr(value)) {
        problems.add(new Problem(RefusalReason.CPR_INVALID, path));
      }
    } else if (system.equals(CitizenRules.X_ECPR_SYSTEM)
        ? !CitizenRules.isXEcpr(value)
        : system.startsWith(CitizenRules.D_ECPR_SYSTEM) && !CitizenRules.isDEcpr(value)) {
      problems.add(new Problem(RefusalReason.CITIZEN_ID_INVALID, path));
    }
  }

  private static boolean isModifier(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return name.equals("implicitRules") || name.startsWith("modifierExtension[");
  }

  private boolean namesNothing(Reference reference) {
    if (!reference.hasReference() || ofOtherLetters.contains(reference)) {
      return false;
    }
    // Whether a contained resource is there is HAPI's to say. Whom a letter is about and from, all
    // of us must find in one place.
    return reference.getReference().startsWith("#")
        ? reference.getResource() instanceof Patient
            || reference.getResource() instanceof Organization
        : message.resolve(reference).isEmpty();
  }

  /** The headers that a Provenance names: its letter's, and of the one before. */
  private static Set<Reference> ofOtherLetters(FhirMessageReading message) {
    Set<Reference> named = Collections.newSetFromMap(new IdentityHashMap<>());
    message
        .all(Provenance.class)
        .forEach(
            provenance -> {
              named.addAll(provenance.getTarget());
              provenance.getEntity().stream()
                  .filter(Provenance.ProvenanceEntityComponent::hasWhat)
                  .forEach(entity -> named.add(entity.getWhat()));
            });
    return named;
  }
}
