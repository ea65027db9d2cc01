package dk.attestbro.fhir;

import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Resource;

/**
 * Every resource has a narrative that can be read, and no narrative does anything by itself when it
 * is shown (R4 2.4.0.2: no scripts, forms, frames, event attributes; images only from within the
 * message).
 */
final class NarrativeRules {
  private NarrativeRules() {}

  static void check(FhirMessageReading message, List<Problem> problems) {
    Set<NarrativeSpan.Place> said =
        message.skeleton().narratives().stream()
            .filter(narrative -> !narrative.blank())
            .map(NarrativeText::place)
            .collect(Collectors.toSet());
    for (int entry = 0; entry < message.bundle().getEntry().size(); entry++) {
      Resource resource = message.bundle().getEntry().get(entry).getResource();
      if (resource instanceof DomainResource domain
          && (!said.contains(NarrativeSpan.Place.of(entry))
              || domain.getText().getStatus() == Narrative.NarrativeStatus.EMPTY)) {
        problems.add(
            new Problem(RefusalReason.NARRATIVE_MISSING, FhirMessageReading.path(entry) + ".text"));
      }
    }
    for (NarrativeText narrative : message.skeleton().narratives()) {
      if (!narrative.readable()) {
        problems.add(new Problem(RefusalReason.RESOURCE_UNREADABLE, narrative.place().path()));
      }
      if (narrative.active()) {
        problems.add(new Problem(RefusalReason.ACTIVE_CONTENT, narrative.place().path()));
      }
    }
  }
}
