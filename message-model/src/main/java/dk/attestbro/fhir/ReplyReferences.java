package dk.attestbro.fhir;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * What the parts of a reply say of each other: its Task names the answers and every document, and
 * the answers name the form of the case (docs/message-model.md section 5). A receiver that goes by
 * the Task would else miss one.
 */
final class ReplyReferences {
  private final MessageParts parts;
  private final List<Problem> problems;

  private ReplyReferences(FhirMessageReading message, List<Problem> problems) {
    this.parts = new MessageParts(message.bundle());
    this.problems = problems;
  }

  /** Adds what is wrong with a reply or a correction; nothing for other events. */
  static void check(
      FhirMessageReading message, EventCode event, Forms forms, List<Problem> problems) {
    Optional<Task> task = message.task();
    if (task.isPresent()
        && (event == EventCode.CERTIFICATE_REPLY || event == EventCode.CERTIFICATE_CORRECTION)) {
      ReplyReferences references = new ReplyReferences(message, problems);
      references.named(task.get(), "reply", QuestionnaireResponse.class);
      references.documents(task.get());
      references.binaries();
      forms.find(message.form()).ifPresent(references::form);
    }
  }

  private void documents(Task task) {
    List<DocumentReference> unnamed = new ArrayList<>(parts.all(DocumentReference.class));
    unnamed.removeAll(named(task, "document", DocumentReference.class));
    if (!unnamed.isEmpty()) {
      problems.add(
          new Problem(RefusalReason.FIELD_MISSING, parts.path(task) + ".output", "document"));
    }
  }

  /** A document that nothing describes would be shown to nobody. */
  private void binaries() {
    List<Binary> undescribed = new ArrayList<>(parts.all(Binary.class));
    parts.all(DocumentReference.class).stream()
        .flatMap(document -> document.getContent().stream())
        .flatMap(content -> ContentReader.binary(parts, content.getAttachment()).stream())
        .forEach(undescribed::remove);
    undescribed.forEach(binary -> invalid(parts.path(binary), DocumentReference.class));
  }

  /** What the outputs of this type name; each is to name a resource of one type. */
  private <T extends Resource> List<T> named(Task task, String output, Class<T> type) {
    List<T> named = new ArrayList<>();
    List<Task.TaskOutputComponent> outputs = task.getOutput();
    for (Task.TaskOutputComponent one : outputs) {
      if (ContentReader.isType(one.getType(), output)) {
        String path = parts.path(task) + ".output[" + outputs.indexOf(one) + "].value";
        Optional<T> found =
            one.getValue() instanceof Reference reference
                ? parts.resolve(reference, type)
                : Optional.empty();
        found.ifPresentOrElse(named::add, () -> invalid(path, type));
      }
    }
    return named;
  }

  /** In whichever version: a form may have got a new one while the case was under way. */
  private void form(Form form) {
    for (QuestionnaireResponse response : parts.all(QuestionnaireResponse.class)) {
      if (!url(FhirMessageReading.text(response.getQuestionnaire()))
          .equals(url(form.canonical()))) {
        problems.add(
            new Problem(
                RefusalReason.FIELD_INVALID,
                parts.path(response) + ".questionnaire",
                url(form.canonical())));
      }
    }
  }

  private static String url(String canonical) {
    int bar = canonical.indexOf('|');
    return bar < 0 ? canonical : canonical.substring(0, bar);
  }

  private void invalid(String path, Class<? extends Resource> type) {
    problems.add(new Problem(RefusalReason.FIELD_INVALID, path, type.getSimpleName()));
  }
}
