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
 * Which letters operations ask for, and in what order. Every filter is empty where it does not
 * matter, and all that are given must hold.
 *
 * @param bundle a Bundle.id that was recorded for it
 * @param party who sent it or is to receive it
 * @param statuses the statuses wanted; empty: all
 * @param code a reason that it was refused or is dead for, what its channel said, or what its last
 *     attempt failed with
 * @param from when it was recorded at the earliest
 * @param to before when it was recorded
 * @param citizen whom its case is about
 * @param order letters that are alike in it go by time and ids, the same way round
 * @param after the letter already seen last, in the same order
 * @param limit 1 to 1000
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
    Order<By> order,
    Optional<Cursor> after,
    int limit) {
  public LetterQuery {
    statuses = Set.copyOf(statuses);
  }

  public static final Order<By> NEWEST_FIRST = new Order<>(By.RECEIVED, true);

  /** What letters are ordered by. One without a receiver comes last, either way round. */
  public enum By {
    RECEIVED,
    EVENT,
    SENDER,
    RECEIVER,
    STATUS;

    /** What a letter has of it besides its time, which all are ordered by in the end. */
    public Optional<String> key(LetterLine line) {
      return switch (this) {
        case RECEIVED -> Optional.empty();
        case EVENT -> Optional.of(line.event());
        case SENDER -> Optional.of(line.ref().sender().value());
        case RECEIVER -> line.receiver().map(PartyId::value);
        case STATUS -> Optional.of(line.status().name());
      };
    }
  }

  /**
   * Where a listing goes on.
   *
   * @param key what the letter seen last had of the order
   */
  public record Cursor(Optional<String> key, Instant receivedAt, LetterId id, PartyId sender) {}

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
        NEWEST_FIRST,
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
        order,
        after,
        limit);
  }

  /** The letters that come behind one already seen. */
  public LetterQuery behind(LetterLine seen) {
    return sorted(order, Optional.of(seen.cursor(order.by())));
  }

  /** The same letters in this order, from there on. */
  public LetterQuery sorted(Order<By> wanted, Optional<Cursor> seen) {
    return new LetterQuery(
        letter, bundle, caseId, party, sender, receiver, event, statuses, code, from, to, citizen,
        wanted, seen, limit);
  }
}
