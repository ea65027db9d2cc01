package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What must hold of any case letter, however it came: the one place that knows which rules are
 * whose. Paths are those of the plain JSON; all problems are told at once.
 */
public final class LetterContentRules {
  private final Forms forms;
  private final LocalDate today;

  /**
   * @param today the day that dates are judged by (Europe/Copenhagen)
   */
  public LetterContentRules(Forms forms, LocalDate today) {
    this.forms = forms;
    this.today = today;
  }

  /**
   * Everything that is wrong with the content; empty where nothing is.
   *
   * @param form code or id of the form of the case; a request names its own
   * @param freeQuestions how many free questions the request asked; empty where it is not known
   */
  public List<Problem> check(LetterContent content, String form, OptionalInt freeQuestions) {
    if (content instanceof LetterContent.Request request) {
      return CertificateRequestRules.check(request.request(), forms, today);
    } else if (content instanceof LetterContent.Reply reply) {
      return withForm(form, f -> CertificateReplyRules.check(reply.reply(), f, freeQuestions));
    } else if (content instanceof LetterContent.Correction correction) {
      return withForm(form, f -> CaseLetterRules.check(correction, f, freeQuestions));
    } else if (content instanceof LetterContent.Question question) {
      return CaseLetterRules.check(question, forms.find(form), freeQuestions);
    } else if (content instanceof LetterContent.Returned returned) {
      return CaseLetterRules.check(returned);
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      return CaseLetterRules.check(cancelled);
    } else if (content instanceof LetterContent.Filed filed) {
      return CaseLetterRules.check(filed);
    } else if (content instanceof LetterContent.InterimReply interim) {
      return CaseLetterRules.check(interim, today);
    } else if (content instanceof LetterContent.Reminder reminder) {
      return CaseLetterRules.check(reminder);
    } else if (content instanceof LetterContent.Clarification answer) {
      return CaseLetterRules.check(answer);
    } else if (content instanceof LetterContent.Retraction retraction) {
      return CaseLetterRules.check(retraction);
    } else if (content instanceof LetterContent.Forwarded forwarded) {
      return CaseLetterRules.check(forwarded);
    } else if (content instanceof LetterContent.ConsentWithdrawn withdrawn) {
      return CaseLetterRules.check(withdrawn, today);
    } else if (content instanceof LetterContent.DischargeNotice notice) {
      return DischargeRules.check(notice);
    } else if (content instanceof LetterContent.MentorOutcome outcome) {
      return DischargeRules.check(outcome);
    }
    throw new IllegalStateException("no rules for " + content.event());
  }

  private List<Problem> withForm(String codeOrId, Function<Form, List<Problem>> rules) {
    Optional<Form> form = forms.find(codeOrId);
    return form.isPresent()
        ? rules.apply(form.get())
        : List.of(new Problem(RefusalReason.FORM_UNKNOWN, "form"));
  }
}
