package dk.attestbro.fhir;

import dk.attestbro.model.CitizenRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Finds the resources of a message and says where they stand. References are resolved within the
 * Bundle only, relative ({@code Type/id}) or by fullUrl.
 */
final class MessageParts {
  private static final String HEADER = "MessageHeader/";

  private final Bundle bundle;

  MessageParts(Bundle bundle) {
    this.bundle = bundle;
  }

  Optional<MessageHeader> header() {
    return first(MessageHeader.class);
  }

  /** The focus of the header where it is a Task, else the only Task there is. */
  Optional<Task> task() {
    return header()
        .filter(MessageHeader::hasFocus)
        .flatMap(h -> resolve(h.getFocusFirstRep(), Task.class))
        .or(() -> first(Task.class));
  }

  Optional<Patient> patient() {
    return task().flatMap(t -> resolve(t.getFor(), Patient.class)).or(() -> first(Patient.class));
  }

  List<Provenance> provenances() {
    return all(Provenance.class);
  }

  <T extends Resource> Optional<T> first(Class<T> type) {
    return all(type).stream().findFirst();
  }

  <T extends Resource> List<T> all(Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      if (type.isInstance(entry.getResource())) {
        found.add(type.cast(entry.getResource()));
      }
    }
    return found;
  }

  <T extends Resource> Optional<T> resolve(Reference reference, Class<T> type) {
    String target = reference.hasReference() ? reference.getReference() : "";
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      Resource resource = entry.getResource();
      if (type.isInstance(resource)
          && (target.equals(relative(resource))
              || (entry.hasFullUrl() && target.equals(entry.getFullUrl())))) {
        return Optional.of(type.cast(resource));
      }
    }
    return Optional.empty();
  }

  /**
   * The id of the header that a Provenance is about, in this Bundle or not; empty text where it
   * names none.
   */
  String letterOf(Provenance provenance) {
    return provenance.getTarget().stream()
        .filter(Reference::hasReference)
        .map(
            target ->
                resolve(target, MessageHeader.class)
                    .map(header -> header.getIdElement().getIdPart())
                    .orElseGet(() -> idIn(target.getReference())))
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String idIn(String reference) {
    int at = reference.indexOf(HEADER);
    return at < 0 ? "" : reference.substring(at + HEADER.length());
  }

  /** {@code Bundle.entry[n].resource} of a resource of this Bundle. */
  String path(Resource resource) {
    List<Bundle.BundleEntryComponent> entries = bundle.getEntry();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).getResource() == resource) {
        return "Bundle.entry[" + i + "].resource";
      }
    }
    return "Bundle";
  }

  static String relative(Resource resource) {
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }

  /** Whom an Encounter names as the one to ask; a reference to nothing where it names none. */
  static Reference person(Encounter encounter) {
    return encounter.getParticipant().stream()
        .map(Encounter.EncounterParticipantComponent::getIndividual)
        .findFirst()
        .orElseGet(Reference::new);
  }

  static String sor(Organization organization) {
    return identifier(organization, Canonicals.SOR);
  }

  /** The GLN, in our system or as dk-core writes it. */
  static String gln(Organization organization) {
    String gln = identifier(organization, Canonicals.GLN);
    return gln.isEmpty() ? identifier(organization, Canonicals.GLN_HTTP) : gln;
  }

  static String identifier(Organization organization, String system) {
    return organization.getIdentifier().stream()
        .filter(i -> system.equals(i.getSystem()) && i.hasValue())
        .map(Identifier::getValue)
        .findFirst()
        .orElse("");
  }

  /** The identifiers that identify a citizen: CPR, X-eCPR, and temporary ones of any system. */
  static List<Identifier> citizenIds(Patient patient) {
    return patient.getIdentifier().stream()
        .filter(Identifier::hasValue)
        .filter(
            i ->
                CitizenRules.CPR_SYSTEM.equals(i.getSystem())
                    || CitizenRules.X_ECPR_SYSTEM.equals(i.getSystem())
                    || (i.getSystem() != null
                        && i.getSystem().startsWith(CitizenRules.D_ECPR_SYSTEM))
                    || i.getUse() == Identifier.IdentifierUse.TEMP)
        .toList();
  }
}
