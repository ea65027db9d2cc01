package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate request says, apart from its parties: the form (code or id as given), citizen,
 * purpose, free questions (number n is {@code question.n}), facts that the case already holds,
 * consent, the caseworker, the requester's own case number, the wished date and the day on which
 * the citizen's case began at the requester. Absent texts are empty; what may be missing in bad
 * input is Optional.
 */
public record CertificateRequest(
    String form,
    Optional<Citizen> citizen,
    String purpose,
    List<String> questions,
    String facts,
    Optional<Consent> consent,
    Optional<Contact> contact,
    String reference,
    Optional<LocalDate> wishedBy,
    Optional<LocalDate> caseStartedOn) {
  public CertificateRequest {
    questions = List.copyOf(questions);
  }

  @Override
  public String toString() {
    return "CertificateRequest[" + form + "]";
  }
}
