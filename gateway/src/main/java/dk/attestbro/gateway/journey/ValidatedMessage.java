package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Letter;
import dk.attestbro.model.Party;
import java.util.List;
import java.util.Optional;

/**
 * A message that passed every check. {@code judgement} is what it does to its case; {@code
 * acknowledged} is the letter that an Acknowledgement is about.
 */
public record ValidatedMessage(
    AuthenticatedMessage message,
    Party receiver,
    List<String> validatedBy,
    CaseJudgement judgement,
    Optional<Letter> acknowledged) {
  /** The case after this letter, where it belongs to one. */
  Optional<CertificateCase> certificateCase() {
    return judgement.after();
  }
}
