package dk.attestbro.fhir;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterContentRules;
import dk.attestbro.model.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.Bundle;

/** Checks what a case letter says by the rules of the model, and tells where in the Bundle. */
final class ContentChecks {
  private ContentChecks() {}

  /**
   * Everything that is wrong with the content; empty where nothing is, and for events whose content
   * we do not read.
   *
   * @param today the day that dates are judged by (Europe/Copenhagen)
   * @param freeQuestions how many free questions the request asked; empty where it is not known
   */
  static List<Problem> check(
      Bundle bundle, EventCode event, Forms forms, LocalDate today, OptionalInt freeQuestions) {
    return ContentReader.read(bundle, event)
        .map(content -> check(content, bundle, event, forms, today, freeQuestions))
        .orElse(List.of());
  }

  /** The same for content that was read already, whose attachments may be cut to their start. */
  static List<Problem> check(
      LetterContent content,
      Bundle bundle,
      EventCode event,
      Forms forms,
      LocalDate today,
      OptionalInt freeQuestions) {
    return new LetterContentRules(forms, today)
        .check(content, ContentReader.form(bundle), freeQuestions).stream()
            .map(p -> located(p, bundle, event))
            .toList();
  }

  private static Problem located(Problem problem, Bundle bundle, EventCode event) {
    return new Problem(
        problem.reason(), ContentPaths.of(bundle, event, problem.path()), problem.hint());
  }
}
