package dk.attestbro.model;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What must hold of a discharge notice and of its answer, the mentor outcome. Paths are those of
 * the plain JSON.
 */
public final class DischargeRules {
  private DischargeRules() {}

  /**
   * The case id that the gateway gives this discharge: the same whenever the same sender tells the
   * same receiver of the same citizen and day. Without the key of the citizen's digest it tells
   * nothing and cannot be guessed.
   */
  public static CaseId caseOf(PartyId sender, PartyId receiver, Digest citizen, LocalDate day) {
    String discharge =
        String.join(
            "\n",
            DischargeFact.FORM,
            sender.value(),
            receiver.value(),
            citizen.hex(),
            day.toString());
    return new CaseId(UUID.nameUUIDFromBytes(discharge.getBytes(StandardCharsets.UTF_8)));
  }

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
