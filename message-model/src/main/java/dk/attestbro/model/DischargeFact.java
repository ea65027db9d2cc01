package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The figures of a notice of discharge as they stand from {@code at} on; never the citizen.
 *
 * @param unit who gave notice
 * @param municipalityParty who was told
 * @param outcome the code of what became of the offer of a mentor: a {@link MentorOutcomeCode}, or
 *     {@link #CANCELLED}
 */
public record DischargeFact(
    CaseId caseId,
    PartyId unit,
    String region,
    PartyId municipalityParty,
    String municipality,
    LocalDate dischargeDate,
    Instant noticedAt,
    Optional<String> outcome,
    Optional<Instant> outcomeAt,
    Instant at) {
  /** What stands for a form in figures by form: notices have none. */
  public static final String FORM = "discharge-notice";

  /** The citizen was not discharged after all, and no outcome was told before that. */
  public static final String CANCELLED = "DISCHARGE_CANCELLED";

  /** The day of the notice in Europe/Copenhagen. */
  public LocalDate noticedOn() {
    return noticedAt.atZone(DeadlineRule.ZONE).toLocalDate();
  }

  /** Whether the notice came before the day of the discharge. */
  public boolean isBeforeDischarge() {
    return noticedOn().isBefore(dischargeDate);
  }

  /** The same figures, standing from another time on. */
  public DischargeFact at(Instant other) {
    return new DischargeFact(
        caseId,
        unit,
        region,
        municipalityParty,
        municipality,
        dischargeDate,
        noticedAt,
        outcome,
        outcomeAt,
        other);
  }
}
