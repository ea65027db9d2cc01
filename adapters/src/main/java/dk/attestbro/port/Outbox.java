package dk.attestbro.port;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is due. Reads only, but for the lease; every decision is a {@link Change}. */
public interface Outbox {
  /**
   * Rows whose time to be handed to the queue has come: TO_SEND, and HANDED_OVER or CLAIMED whose
   * lease ended; not past their time to live, not of a paused party; oldest due first.
   *
   * @param perParty at most so many of one party, those that it has under way (HANDED_OVER or
   *     CLAIMED within the lease) counted in
   * @param limit at most so many in all
   */
  List<OutboxRow> due(Instant now, int perParty, int limit);

  /**
   * Rows whose wait is over: AWAITING and due, or of any phase past their time to live with no
   * lease running.
   */
  List<OutboxRow> ended(Instant now, int limit);

  /** Lengthens the lease of a claimed row of this version; false where it is no longer ours. */
  boolean extendLease(LetterRef letter, int version, Instant until);

  /** One line per party that has rows or is paused. */
  List<QueueFigures> figures(Instant now);

  /** The parties that operations have paused. */
  Set<PartyId> paused();

  /**
   * Letters that are neither ended nor have a row, or whose row is overdue by more than the given
   * time: must be none.
   */
  List<LetterRef> stuck(Instant overdueSince, int limit);
}
