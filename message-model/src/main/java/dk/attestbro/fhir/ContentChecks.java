package dk.attestbro.fhir;

import dk.attestbro.model.CaseLetterRules;
import dk.attestbro.model.CertificateReplyRules;
import dk.attestbro.model.CertificateRequestRules;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
    return check(content, bundle, forms, today, freeQuestions).stream()
        .map(p -> located(p, bundle, event))
        .toList();
  }

  private static List<Problem> check(
      LetterContent content,
      Bundle bundle,
      Forms forms,
      LocalDate today,
      OptionalInt freeQuestions) {
    if (content instanceof LetterContent.Request request) {
      return CertificateRequestRules.check(request.request(), forms, today);
    } else if (content instanceof LetterContent.Reply reply) {
      Optional<Form> form = forms.find(ContentReader.form(bundle));
      return form.isPresent()
          ? CertificateReplyRules.check(reply.reply(), form.get(), freeQuestions)
          : List.of(new Problem(RefusalReason.FORM_UNKNOWN, "form"));
    } else if (content instanceof LetterContent.Returned returned) {
      return CaseLetterRules.check(returned);
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      return CaseLetterRules.check(cancelled);
    } else if (content instanceof LetterContent.Filed filed) {
      return CaseLetterRules.check(filed);
    }
    throw new IllegalStateException("no rules for " + content.event());
  }

  private static Problem located(Problem problem, Bundle bundle, EventCode event) {
    return new Problem(
        problem.reason(), ContentReader.fhirPath(bundle, event, problem.path()), problem.hint());
  }
}
