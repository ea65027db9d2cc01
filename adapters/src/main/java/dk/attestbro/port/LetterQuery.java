package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters operations ask for, newest first. Every filter is empty where it does not matter,
 * and all that are given must hold.
 *
 * @param bundle a Bundle.id that was recorded for it
 * @param party who sent it or is to receive it
 * @param statuses the statuses wanted; empty: all
 * @param code a reason that it was refused or is dead for, what its channel said, or what its last
 *     attempt failed with
 * @param from when it was recorded at the earliest
 * @param to before when it was recorded
 * @param citizen whom its case is about
 * @param after the letter already seen last
 * @param limit 1 to 500
 */
public record LetterQuery(
    Optional<LetterId> letter,
    Optional<BundleId> bundle,
    Optional<CaseId> caseId,
    Optional<PartyId> party,
    Optional<PartyId> sender,
    Optional<PartyId> receiver,
    Optional<String> event,
    Set<LetterStatus> statuses,
    Optional<String> code,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Digest> citizen,
    Optional<Cursor> after,
    int limit) {
  public LetterQuery {
    statuses = Set.copyOf(statuses);
  }

  /** Where a listing goes on. */
  public record Cursor(Instant receivedAt, LetterId id, PartyId sender) {}

  /** All letters, the newest so many. */
  public static LetterQuery newest(int limit) {
    return new LetterQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  /** The letters of cases about a citizen. */
  public LetterQuery about(Digest whom) {
    return new LetterQuery(
        letter,
        bundle,
        caseId,
        party,
        sender,
        receiver,
        event,
        statuses,
        code,
        from,
        to,
        Optional.of(whom),
        after,
        limit);
  }
}
