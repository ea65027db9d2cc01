package dk.attestbro.fhir;

import static dk.attestbro.fhir.FhirMessageReading.text;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementCodes;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/**
 * What MedCom's Acknowledgement 2.0 demands, also where its packages are not there to say so: an
 * error has an OperationOutcome (invariant medcom-acknowledgement-1), whose issues are coded from
 * the value set medcom-acknowledgement-issue-details, and nothing tells of a citizen (MedCom's
 * governance for FHIR messaging).
 */
final class AcknowledgementRules {
  /** Those that tell of letters, organisations and who works there. */
  private static final Set<String> RESOURCES =
      Set.of(
          "MessageHeader",
          "Provenance",
          "OperationOutcome",
          "Organization",
          "Endpoint",
          "Device",
          "PractitionerRole",
          "Practitioner");

  private final FhirMessageReading message;
  private final MessageParts parts;
  private final List<Problem> problems;

  private AcknowledgementRules(FhirMessageReading message, List<Problem> problems) {
    this.message = message;
    this.parts = new MessageParts(message.bundle());
    this.problems = problems;
  }

  static void check(FhirMessageReading message, List<Problem> problems) {
    AcknowledgementRules rules = new AcknowledgementRules(message, problems);
    rules.outcome();
    rules.issues();
    rules.resources();
  }

  private void outcome() {
    boolean saysWhy =
        message.all(OperationOutcome.class).anyMatch(outcome -> !outcome.getIssue().isEmpty());
    boolean isOk =
        message.acknowledgement().filter(said -> said.code() == AcknowledgementCode.OK).isPresent();
    if (message.acknowledgement().isPresent() && !isOk && !saysWhy) {
      problems.add(
          new Problem(
              RefusalReason.PROFILE_VIOLATED,
              message.headerPath() + ".response.details",
              "OperationOutcome"));
    }
  }

  private void issues() {
    for (OperationOutcome outcome : parts.all(OperationOutcome.class)) {
      for (int i = 0; i < outcome.getIssue().size(); i++) {
        if (!outcome.getIssue().get(i).getDetails().getCoding().stream()
            .allMatch(AcknowledgementRules::isKnown)) {
          problems.add(
              new Problem(
                  RefusalReason.CODE_UNKNOWN, parts.path(outcome) + ".issue[" + i + "].details"));
        }
      }
    }
  }

  private static boolean isKnown(Coding coding) {
    String code = text(coding.getCode());
    return AcknowledgementCodes.systemOf(code).filter(text(coding.getSystem())::equals).isPresent();
  }

  private void resources() {
    for (Resource resource : parts.all(Resource.class)) {
      if (!RESOURCES.contains(resource.fhirType())) {
        problems.add(
            new Problem(RefusalReason.PROFILE_VIOLATED, parts.path(resource), resource.fhirType()));
      }
    }
  }
}
