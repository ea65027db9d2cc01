package dk.attestbro.port;

import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is due. Reads only, but for the lease; every decision is a {@link Change}. */
public interface Outbox {
  /**
   * How many rows of each party may be under way at once.
   *
   * @param perParty of a party that is not named
   * @param one parties of which one may be
   * @param none parties of which none may begin
   */
  record Window(int perParty, Set<PartyId> one, Set<PartyId> none) {
    public Window {
      one = Set.copyOf(one);
      none = Set.copyOf(none);
    }

    /** The same for all parties. */
    public static Window of(int perParty) {
      return new Window(perParty, Set.of(), Set.of());
    }

    public int of(PartyId party) {
      if (none.contains(party)) {
        return 0;
      }
      return one.contains(party) ? 1 : perParty;
    }
  }

  /**
   * Rows whose time to be handed to the queue has come: TO_SEND, and HANDED_OVER or CLAIMED whose
   * lease ended; not past their time to live, not of a paused party; oldest due first.
   *
   * @param window at most so many of one party, those that it has under way (HANDED_OVER or CLAIMED
   *     within the lease) counted in
   * @param limit at most so many in all
   */
  List<OutboxRow> due(Instant now, Window window, int limit);

  /**
   * Rows whose wait is over: AWAITING and due, or of any phase past their time to live with no
   * lease running.
   */
  List<OutboxRow> ended(Instant now, int limit);

  /** Lengthens the lease of a claimed row of this version; false where it is no longer ours. */
  boolean extendLease(LetterRef letter, int version, Instant until);

  /** One line per party that has rows or is paused. */
  List<QueueFigures> figures(Instant now);

  /** A row with its letter, and whether operations have paused its party. */
  record Standing(OutboxRow row, Letter letter, boolean isPaused) {}

  /** The row of a letter, and the letter, as they stand. */
  Optional<Standing> standing(LetterRef letter);

  /** The parties that operations have paused. */
  Set<PartyId> paused();

  /**
   * Letters that are neither ended nor have a row, or whose row is overdue by more than the given
   * time: must be none.
   *
   * @param held parties whose rows wait for a reason, as those of a paused one do
   */
  List<LetterRef> stuck(Instant overdueSince, Set<PartyId> held, int limit);
}
