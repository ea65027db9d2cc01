package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A letter as a list of operations shows it: ids, parties, codes and times.
 *
 * @param reasons why it was refused or is dead, as codes
 * @param hints what stands beside the reasons: where it is dead, what its channel said
 * @param waiting what it waits for on its way out; empty where it has ended
 */
public record LetterLine(
    LetterRef ref,
    String event,
    Optional<PartyId> receiver,
    Optional<CaseId> caseId,
    Instant receivedAt,
    LetterStatus status,
    List<String> reasons,
    List<String> hints,
    Optional<Waiting> waiting) {
  public LetterLine {
    reasons = List.copyOf(reasons);
    hints = List.copyOf(hints);
  }

  /** What its row says: what it waits for, until when, and what its last attempt failed with. */
  public record Waiting(OutboxRow.Phase phase, Instant dueAt, Optional<String> lastReason) {}

  /** Where a listing in this order goes on behind this letter. */
  public LetterQuery.Cursor cursor(LetterQuery.By by) {
    return new LetterQuery.Cursor(by.key(this), receivedAt, ref.id(), ref.sender());
  }
}
