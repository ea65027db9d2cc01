package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import java.util.Optional;

/**
 * Writes what a recorded letter does to its case or to the figures of a discharge, and what the
 * gateway must say because of it.
 */
public final class FollowCase {
  private final CaseWrites cases;
  private final DischargeWrites discharges;
  private final GatewayLetters letters;

  public FollowCase(CaseWrites cases, DischargeWrites discharges, GatewayLetters letters) {
    this.cases = cases;
    this.discharges = discharges;
    this.letters = letters;
  }

  void by(Change.Builder change, Letter letter, ValidatedMessage message) {
    message.judgement().after().ifPresent(after -> write(change, letter, after, message));
    discharges.by(change, letter, message.message().reading());
  }

  /** The case that a letter is followed in which names none itself. */
  Optional<CaseId> caseOf(ValidatedMessage message) {
    return discharges.caseOf(message);
  }

  private void write(
      Change.Builder change, Letter letter, CertificateCase after, ValidatedMessage message) {
    CaseJudgement judgement = message.judgement();
    if (letter.event().equals(EventCode.CERTIFICATE_REQUEST.code())) {
      cases.opened(change, letter, after, judgement.earlier().next(), letter.receivedAt());
      return;
    }
    cases.moved(
        change,
        judgement.before().orElseThrow(),
        after,
        Optional.of(letter.ref()),
        TimelineCode.CASE_CHANGED,
        letter.receivedAt());
    judgement
        .takesOver()
        .ifPresent(
            unit ->
                letters.passOn(
                    change, after, unit.id(), message.message().reading(), letter.receivedAt()));
  }
}
