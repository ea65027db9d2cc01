package dk.attestbro.fhir;

import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;

/**
 * Writes the letters of a case that are little more than their Task (docs/message-model.md section
 * 3).
 */
final class ShortLetterWriter {
  private static final String REPLY = "reply-message";

  private ShortLetterWriter() {}

  /**
   * The message.
   *
   * @throws IllegalArgumentException where another writer's event is asked for
   */
  static Bundle write(LetterDraft draft) {
    LetterContent content = draft.content();
    if (content instanceof LetterContent.Returned returned) {
      return returned(draft, returned);
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      return cancelled(draft, cancelled);
    } else if (content instanceof LetterContent.Filed filed) {
      return filed(draft, filed);
    } else if (content instanceof LetterContent.InterimReply interim) {
      return interim(draft, interim);
    } else if (content instanceof LetterContent.Reminder reminder) {
      return reminder(draft, reminder);
    } else if (content instanceof LetterContent.Question question) {
      return question(draft, question);
    } else if (content instanceof LetterContent.Clarification answer) {
      return clarification(draft, answer);
    } else if (content instanceof LetterContent.Retraction retraction) {
      return retraction(draft, retraction);
    } else if (content instanceof LetterContent.Forwarded forwarded) {
      return forwarded(draft, forwarded);
    } else if (content instanceof LetterContent.ConsentWithdrawn withdrawn) {
      return consentWithdrawn(draft, withdrawn);
    }
    throw new IllegalArgumentException("no short letter: " + content.event());
  }

  private static Bundle returned(LetterDraft draft, LetterContent.Returned returned) {
    CaseLetter letter = CaseLetter.following(draft, REPLY).status(Task.TaskStatus.REJECTED);
    letter.reason(Canonicals.RETURN_REASON, returned.reason(), returned.text());
    return letter.finished();
  }

  private static Bundle cancelled(LetterDraft draft, LetterContent.Cancelled cancelled) {
    CaseLetter letter = retracting(draft).status(Task.TaskStatus.CANCELLED);
    letter.reason(Canonicals.CANCELLATION_REASON, cancelled.reason(), cancelled.text());
    return letter.finished();
  }

  private static Bundle filed(LetterDraft draft, LetterContent.Filed filed) {
    CaseLetter letter = CaseLetter.following(draft, REPLY).status(Task.TaskStatus.COMPLETED);
    letter
        .task()
        .getBusinessStatus()
        .addCoding()
        .setSystem(Canonicals.CASE_STATUS)
        .setCode("filed");
    letter.output("reference", filed.reference());
    return letter.finished();
  }

  private static Bundle interim(LetterDraft draft, LetterContent.InterimReply interim) {
    CaseLetter letter = CaseLetter.following(draft, REPLY).status(Task.TaskStatus.INPROGRESS);
    interim
        .expectedBy()
        .ifPresent(day -> letter.output("expected-by", new DateType(day.toString())));
    letter.output("text", interim.text());
    return letter.finished();
  }

  private static Bundle reminder(LetterDraft draft, LetterContent.Reminder reminder) {
    CaseLetter letter = CaseLetter.following(draft, REPLY).status(Task.TaskStatus.REQUESTED);
    letter.input("reminder-kind", new CodeType(reminder.kind()));
    letter.input("text", reminder.text());
    return letter.finished();
  }

  private static Bundle question(LetterDraft draft, LetterContent.Question question) {
    CaseLetter letter = CaseLetter.following(draft, REPLY).status(Task.TaskStatus.ONHOLD);
    letter.parameter("text", question.text());
    letter.parameter("link-id", question.linkId());
    return letter.finished();
  }

  private static Bundle clarification(LetterDraft draft, LetterContent.Clarification answer) {
    CaseLetter letter = CaseLetter.following(draft, REPLY).status(Task.TaskStatus.INPROGRESS);
    letter.parameter("text", answer.text());
    return letter.finished();
  }

  private static Bundle retraction(LetterDraft draft, LetterContent.Retraction retraction) {
    CaseLetter letter = retracting(draft).status(Task.TaskStatus.INPROGRESS);
    letter.output("retracts", retraction.retracts());
    letter.reason(Canonicals.RETRACTION_REASON, retraction.reason(), retraction.text());
    return letter.finished();
  }

  private static Bundle forwarded(LetterDraft draft, LetterContent.Forwarded forwarded) {
    CaseLetter letter =
        CaseLetter.following(draft, "forward-message").status(Task.TaskStatus.INPROGRESS);
    letter.task().setOwner(letter.organization(forwarded.to(), forwarded.toName()));
    letter.output("text", forwarded.text());
    return letter.finished();
  }

  private static Bundle consentWithdrawn(
      LetterDraft draft, LetterContent.ConsentWithdrawn withdrawn) {
    CaseLetter letter = retracting(draft).status(Task.TaskStatus.CANCELLED);
    Consent consent = new Consent();
    consent.setStatus(Consent.ConsentState.INACTIVE);
    consent
        .getScope()
        .addCoding(new Coding().setSystem(Canonicals.CONSENT_SCOPE).setCode("patient-privacy"));
    consent.addCategory().addCoding(new Coding().setSystem(Canonicals.ACT_CODE).setCode("IDSCL"));
    consent.setPatient(letter.patient());
    withdrawn.at().ifPresent(day -> consent.setDateTimeElement(new DateTimeType(day.toString())));
    consent.setPolicyRule(basis(draft));
    letter.add(
        consent,
        "consent",
        withdrawn.at().map(day -> "Samtykket er trukket tilbage " + day).orElse(""));
    letter.input("text", withdrawn.text());
    return letter.finished();
  }

  /** The basis that the letter before names, else OTHER: the profile demands one. */
  private static CodeableConcept basis(LetterDraft draft) {
    return CaseLetter.before(draft)
        .first(Consent.class)
        .map(Consent::getPolicyRule)
        .filter(CodeableConcept::hasCoding)
        .map(CodeableConcept::copy)
        .orElseGet(
            () ->
                new CodeableConcept(
                    new Coding()
                        .setSystem(Canonicals.CONSENT_BASIS)
                        .setCode(dk.attestbro.model.Consent.Basis.OTHER.name())));
  }

  private static CaseLetter retracting(LetterDraft draft) {
    return CaseLetter.following(draft, "retract-message", Provenance.ProvenanceEntityRole.REMOVAL);
  }
}
