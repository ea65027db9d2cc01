package dk.attestbro.model;

import java.util.Arrays;
import java.util.List;

/**
 * What must hold of a discharge notice and of its answer, the mentor outcome. Paths are those of
 * the plain JSON.
 */
public final class DischargeRules {
  private DischargeRules() {}

  /** Citizen, date, unit and a contact who can be called. */
  public static List<Problem> check(LetterContent.DischargeNotice notice) {
    Problems problems = new Problems();
    notice
        .citizen()
        .ifPresentOrElse(
            citizen -> CitizenRules.check(citizen, problems),
            () -> problems.add(RefusalReason.CITIZEN_MISSING, "citizen"));
    if (notice.dischargeDate().isEmpty()) {
      problems.add(RefusalReason.FIELD_MISSING, "dischargeDate");
    }
    problems.required(
        "unit", notice.unit(), CertificateRequestRules.SHORT_TEXT, RefusalReason.FIELD_MISSING);
    notice
        .contact()
        .ifPresentOrElse(
            contact -> CertificateRequestRules.contact(contact, problems),
            () -> problems.add(RefusalReason.CONTACT_MISSING, "contact"));
    problems.optional("text", notice.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /** The outcome is one of {@link MentorOutcomeCode}. */
  public static List<Problem> check(LetterContent.MentorOutcome outcome) {
    Problems problems = new Problems();
    if (outcome.outcome().isBlank()) {
      problems.add(RefusalReason.FIELD_MISSING, "outcome");
    } else if (Arrays.stream(MentorOutcomeCode.values())
        .noneMatch(known -> known.name().equals(outcome.outcome()))) {
      problems.add(RefusalReason.CODE_UNKNOWN, "outcome");
    }
    problems.optional("text", outcome.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }
}
