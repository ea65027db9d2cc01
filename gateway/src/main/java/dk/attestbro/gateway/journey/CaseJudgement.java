package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Party;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * What a letter does to its case.
 *
 * @param before the case as it stood; empty where the letter opens it or belongs to none
 * @param after the case after the letter; empty where it belongs to none
 * @param takesOver the unit that the case is forwarded to, which is still to get the request
 * @param earlier of a request, those like it that went before
 */
public record CaseJudgement(
    Optional<CertificateCase> before,
    Optional<CertificateCase> after,
    Optional<Party> takesOver,
    EarlierRequests earlier) {
  static final CaseJudgement NONE =
      new CaseJudgement(Optional.empty(), Optional.empty(), Optional.empty(), EarlierRequests.NONE);

  /** Codes that the sender should look at. */
  List<String> warnings() {
    return earlier.standing().stream()
        .map(caseId -> RefusalReason.DUPLICATE_REQUEST + ": " + caseId)
        .toList();
  }
}
