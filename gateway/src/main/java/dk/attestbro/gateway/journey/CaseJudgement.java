package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Party;
import java.util.List;
import java.util.Optional;

/**
 * What a letter does to its case.
 *
 * @param after the case after the letter; empty where it belongs to none
 * @param takesOver the unit that the case is forwarded to, which is still to get the request
 * @param warnings codes that the sender should look at
 */
public record CaseJudgement(
    Optional<CertificateCase> after, Optional<Party> takesOver, List<String> warnings) {
  static final CaseJudgement NONE =
      new CaseJudgement(Optional.empty(), Optional.empty(), List.of());

  public CaseJudgement {
    warnings = List.copyOf(warnings);
  }
}
