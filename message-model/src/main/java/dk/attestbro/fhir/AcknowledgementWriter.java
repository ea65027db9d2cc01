package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementCodes;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.EventCode;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/** Writes an Acknowledgement (MedCom Acknowledgement 2.0). */
final class AcknowledgementWriter {
  private static final String URL_BASE = "https://medcomfhir.dk/ig/acknowledgement";

  private AcknowledgementWriter() {}

  /**
   * The message.
   *
   * @throws IllegalArgumentException where an issue's code is not in MedCom's value set
   */
  static Bundle write(AcknowledgementDraft draft) {
    MessageBundle message =
        MessageBundle.medCom(
            draft.letterId(),
            draft.bundleId(),
            draft.at(),
            Canonicals.ACKNOWLEDGEMENT + "medcom-messaging-acknowledgement",
            Canonicals.MESSAGING + "medcom-messaging-provenance",
            URL_BASE);
    MessageHeader header =
        message.header(
            EventCode.ACKNOWLEDGEMENT,
            Canonicals.ACKNOWLEDGEMENT_DEFINITION,
            draft.from(),
            draft.to());
    header
        .getMeta()
        .addProfile(Canonicals.ACKNOWLEDGEMENT + "medcom-messaging-acknowledgementHeader");
    header.getResponse().setIdentifier(draft.acknowledges().value()).setCode(code(draft.code()));
    draft
        .acknowledged()
        .map(letter -> new MessageParts(Fhir.bundle(letter)))
        .ifPresent(letter -> copyLatest(draft, letter, message));
    Provenance own = message.provenance("acknowledgement", draft.agent().orElse(draft.from()));
    MessageBundle.follows(own, draft.acknowledges(), Provenance.ProvenanceEntityRole.REVISION);
    List<AcknowledgementIssue> issues = issues(draft);
    if (!issues.isEmpty()) {
      header.getResponse().setDetails(outcome(message, draft.code(), issues));
    }
    return message.finished();
  }

  /** The acknowledged letter's own Provenance; where it has none, its newest one. */
  private static void copyLatest(
      AcknowledgementDraft draft, MessageParts acknowledged, MessageBundle message) {
    List<Provenance> all = acknowledged.provenances();
    all.stream()
        .filter(p -> acknowledged.letterOf(p).equals(draft.acknowledges().value()))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(Provenance::hasRecorded)
                    .max(Comparator.comparing(Provenance::getRecorded)))
        .ifPresent(latest -> message.copy(latest, acknowledged));
  }

  /** MedCom's ack-1: a code other than ok needs an OperationOutcome. */
  private static List<AcknowledgementIssue> issues(AcknowledgementDraft draft) {
    return draft.issues().isEmpty() && draft.code() != AcknowledgementCode.OK
        ? List.of(new AcknowledgementIssue("MSG_LOCAL_FAIL", ""))
        : draft.issues();
  }

  private static Reference outcome(
      MessageBundle message, AcknowledgementCode code, List<AcknowledgementIssue> issues) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .getMeta()
        .addProfile(Canonicals.ACKNOWLEDGEMENT + "medcom-acknowledgement-operationoutcome");
    String[] narrative = new String[issues.size()];
    for (int i = 0; i < narrative.length; i++) {
      AcknowledgementIssue issue = issues.get(i);
      OperationOutcome.OperationOutcomeIssueComponent written = outcome.addIssue();
      written.setSeverity(
          code == AcknowledgementCode.OK
              ? OperationOutcome.IssueSeverity.INFORMATION
              : OperationOutcome.IssueSeverity.ERROR);
      written.setCode(type(code));
      written.getDetails().addCoding().setSystem(system(issue.code())).setCode(issue.code());
      if (!issue.text().isBlank()) {
        written.getDetails().setText(issue.text());
      }
      narrative[i] = issue.code() + (issue.text().isBlank() ? "" : ": " + issue.text());
    }
    return message.addNamed(outcome, "operation-outcome", Narratives.of(narrative));
  }

  private static String system(String code) {
    return AcknowledgementCodes.systemOf(code)
        .orElseThrow(
            () ->
                new IllegalArgumentException("not a code of medcom-acknowledgement-issue-details"));
  }

  private static MessageHeader.ResponseType code(AcknowledgementCode code) {
    return switch (code) {
      case OK -> MessageHeader.ResponseType.OK;
      case TRANSIENT_ERROR -> MessageHeader.ResponseType.TRANSIENTERROR;
      case FATAL_ERROR -> MessageHeader.ResponseType.FATALERROR;
    };
  }

  private static OperationOutcome.IssueType type(AcknowledgementCode code) {
    return switch (code) {
      case OK -> OperationOutcome.IssueType.INFORMATIONAL;
      case TRANSIENT_ERROR -> OperationOutcome.IssueType.TRANSIENT;
      case FATAL_ERROR -> OperationOutcome.IssueType.INVALID;
    };
  }
}
