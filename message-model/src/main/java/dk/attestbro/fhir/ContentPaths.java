package dk.attestbro.fhir;

import dk.attestbro.model.EventCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Where in a Bundle the parts of a case letter stand that {@link ContentReader} reads
 * (docs/message-model.md sections 3 to 5).
 */
final class ContentPaths {
  private static final Pattern INDEXED = Pattern.compile("(\\w+)\\[(\\d+)\\](.*)");

  private ContentPaths() {}

  /**
   * FHIRPath of the element that a plain JSON path of this event names; of the nearest thing that
   * exists where the element does not.
   */
  static String of(Bundle bundle, EventCode event, String contentPath) {
    MessageParts parts = new MessageParts(bundle);
    return switch (event) {
      case CERTIFICATE_REQUEST -> requestPath(parts, contentPath);
      case CERTIFICATE_REPLY -> replyPath(parts, contentPath);
      case CERTIFICATE_CORRECTION -> correctionPath(parts, contentPath);
      case CERTIFICATE_RETRACTION -> retractionPath(parts, contentPath);
      case CERTIFICATE_INTERIM_REPLY,
          CERTIFICATE_REMINDER,
          CLARIFICATION_QUESTION,
          CLARIFICATION_ANSWER,
          CERTIFICATE_FORWARDED,
          CONSENT_WITHDRAWN,
          MENTOR_OUTCOME ->
          parameterPath(parts, contentPath);
      case DISCHARGE_NOTICE -> noticePath(parts, contentPath);
      case CERTIFICATE_RETURNED,
          CERTIFICATE_CANCELLATION,
          FILED,
          CARE_COMMUNICATION,
          HOSPITAL_NOTIFICATION,
          ACKNOWLEDGEMENT ->
          taskPath(parts, contentPath);
    };
  }

  private static String requestPath(MessageParts parts, String path) {
    Matcher question = INDEXED.matcher(path);
    if (question.matches() && question.group(1).equals("questions")) {
      return inputPath(parts, "question", Integer.parseInt(question.group(2)));
    }
    String citizen = parts.patient().map(parts::path).orElse("Bundle");
    String consent = parts.first(Consent.class).map(parts::path).orElse("Bundle");
    String service = parts.first(ServiceRequest.class).map(parts::path).orElse("Bundle");
    return switch (path) {
      case "form" -> taskPath(parts, "form");
      case "purpose" -> below(service, "reasonCode[0].text");
      case "questions" -> inputPath(parts, "question", 0);
      case "facts" -> inputPath(parts, "facts", 0);
      case "reference" -> inputPath(parts, "reference", 0);
      case "caseStartedOn" -> inputPath(parts, "case-started", 0);
      case "wishedBy" -> task(parts) + ".restriction.period.end";
      case "consent" -> consent;
      case "consent.basis" -> below(consent, "policyRule");
      case "consent.givenAt" -> below(consent, "dateTime");
      case "consent.validUntil" -> below(consent, "provision.period.end");
      case "consent.scope" -> below(consent, "scope.text");
      case "consent.justification" -> below(consent, "policyRule.text");
      case "contact", "contact.name" -> contactPath(parts, service, false);
      case "contact.phone" -> contactPath(parts, service, true);
      default -> path.startsWith("citizen") ? citizenPath(citizen, path) : task(parts);
    };
  }

  private static String citizenPath(String patient, String path) {
    if (path.startsWith("citizen.name.family")) {
      return below(patient, "name[0].family");
    }
    if (path.startsWith("citizen.name")) {
      return below(patient, "name[0].given");
    }
    return below(patient, path.endsWith(".system") ? "identifier.system" : "identifier");
  }

  private static String contactPath(MessageParts parts, String service, boolean phone) {
    return personPath(
        parts,
        parts.first(ServiceRequest.class).map(ServiceRequest::getRequester).orElse(new Reference()),
        below(service, "requester"),
        phone);
  }

  private static String personPath(
      MessageParts parts, Reference person, String whereMissing, boolean phone) {
    Optional<PractitionerRole> role = parts.resolve(person, PractitionerRole.class);
    if (role.isEmpty()) {
      return whereMissing;
    }
    if (phone) {
      return parts.path(role.get()) + ".telecom";
    }
    return parts
        .resolve(role.get().getPractitioner(), Practitioner.class)
        .map(p -> parts.path(p) + ".name[0]")
        .orElse(parts.path(role.get()) + ".practitioner");
  }

  private static String replyPath(MessageParts parts, String path) {
    Optional<QuestionnaireResponse> response = parts.first(QuestionnaireResponse.class);
    String responsePath = response.map(parts::path).orElse("Bundle");
    if (path.startsWith("author")) {
      return authorPath(parts, response, path);
    }
    if (path.startsWith("attachments")) {
      return attachmentPath(parts, path);
    }
    if (path.startsWith("answers.")) {
      String linkId = path.substring("answers.".length()).replaceAll("\\[\\d+\\]$", "");
      return response
          .flatMap(r -> itemPath(r.getItem(), linkId, responsePath))
          .orElse(responsePath);
    }
    return path.equals("answers") ? responsePath : taskPath(parts, path);
  }

  private static Optional<String> itemPath(
      List<QuestionnaireResponse.QuestionnaireResponseItemComponent> items,
      String linkId,
      String above) {
    for (int i = 0; i < items.size(); i++) {
      String here = above + ".item[" + i + "]";
      if (linkId.equals(items.get(i).getLinkId())) {
        return Optional.of(here);
      }
      Optional<String> deeper = itemPath(items.get(i).getItem(), linkId, here);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  private static String authorPath(
      MessageParts parts, Optional<QuestionnaireResponse> response, String path) {
    Optional<PractitionerRole> role =
        response.flatMap(r -> parts.resolve(r.getAuthor(), PractitionerRole.class));
    if (role.isEmpty()) {
      return response.map(r -> parts.path(r) + ".author").orElse("Bundle");
    }
    String element = path.equals("author.name") ? ".name[0]" : ".identifier";
    return parts
        .resolve(role.get().getPractitioner(), Practitioner.class)
        .map(p -> parts.path(p) + element)
        .orElse(parts.path(role.get()) + ".practitioner");
  }

  private static String attachmentPath(MessageParts parts, String path) {
    Matcher matcher = INDEXED.matcher(path);
    int wanted = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    int seen = 0;
    for (DocumentReference document : parts.all(DocumentReference.class)) {
      for (int c = 0; c < document.getContent().size(); c++) {
        if (seen++ == wanted) {
          String attachment = parts.path(document) + ".content[" + c + "].attachment";
          if (path.endsWith(".data")) {
            return ContentReader.binary(parts, document.getContent().get(c).getAttachment())
                .map(b -> parts.path(b) + ".data")
                .orElse(attachment);
          }
          return attachment + (matcher.matches() ? matcher.group(3) : "");
        }
      }
    }
    return "Bundle";
  }

  private static String taskPath(MessageParts parts, String path) {
    return switch (path) {
      case "form" -> task(parts) + ".code";
      case "reason" -> task(parts) + ".statusReason";
      case "text" -> task(parts) + ".statusReason.text";
      case "reference" -> task(parts) + ".output";
      case "to" ->
          parts
              .task()
              .flatMap(t -> parts.resolve(t.getOwner(), Organization.class))
              .map(owner -> parts.path(owner) + ".identifier")
              .orElse(task(parts) + ".owner");
      case "outcome" -> task(parts) + ".businessStatus";
      default -> task(parts);
    };
  }

  /** Of a letter whose text is a parameter of the Task, not the reason of its status. */
  private static String parameterPath(MessageParts parts, String path) {
    return switch (path) {
      case "text" -> parameter(parts, "text");
      case "linkId" -> parameter(parts, "link-id");
      case "kind" -> parameter(parts, "reminder-kind");
      case "expectedBy" -> parameter(parts, "expected-by");
      case "at" -> below(parts.first(Consent.class).map(parts::path).orElse("Bundle"), "dateTime");
      default -> taskPath(parts, path);
    };
  }

  private static String retractionPath(MessageParts parts, String path) {
    return path.equals("retracts") ? parameter(parts, "retracts") : taskPath(parts, path);
  }

  private static String correctionPath(MessageParts parts, String path) {
    return switch (path) {
      case "corrects" -> parameter(parts, "corrects");
      case "reason" -> task(parts) + ".statusReason.text";
      default -> replyPath(parts, path);
    };
  }

  private static String noticePath(MessageParts parts, String path) {
    Optional<Encounter> found = parts.first(Encounter.class);
    String encounter = found.map(parts::path).orElse("Bundle");
    return switch (path) {
      case "dischargeDate" -> below(encounter, "period.end");
      case "unit" -> below(encounter, "location");
      case "contact", "contact.name", "contact.phone" ->
          personPath(
              parts,
              found.map(MessageParts::person).orElseGet(Reference::new),
              below(encounter, "participant"),
              path.endsWith(".phone"));
      default ->
          path.startsWith("citizen")
              ? citizenPath(parts.patient().map(parts::path).orElse("Bundle"), path)
              : parameterPath(parts, path);
    };
  }

  private static String parameter(MessageParts parts, String type) {
    Optional<Task> task = parts.task();
    List<Task.TaskOutputComponent> outputs = task.map(Task::getOutput).orElse(List.of());
    for (int i = 0; i < outputs.size(); i++) {
      if (ContentReader.isType(outputs.get(i).getType(), type)) {
        return task(parts) + ".output[" + i + "].value";
      }
    }
    List<Task.ParameterComponent> inputs = task.map(Task::getInput).orElse(List.of());
    for (int i = 0; i < inputs.size(); i++) {
      if (ContentReader.isType(inputs.get(i).getType(), type)) {
        return task(parts) + ".input[" + i + "].value";
      }
    }
    return task(parts);
  }

  private static String inputPath(MessageParts parts, String type, int wanted) {
    if (parts.task().isEmpty()) {
      return "Bundle";
    }
    List<Task.ParameterComponent> inputs = parts.task().get().getInput();
    int seen = 0;
    for (int i = 0; i < inputs.size(); i++) {
      if (ContentReader.isType(inputs.get(i).getType(), type) && seen++ == wanted) {
        return task(parts) + ".input[" + i + "].value";
      }
    }
    return task(parts) + ".input";
  }

  static String task(MessageParts parts) {
    return parts.task().map(parts::path).orElse("Bundle");
  }

  private static String below(String resource, String element) {
    return resource.equals("Bundle") ? resource : resource + "." + element;
  }
}
