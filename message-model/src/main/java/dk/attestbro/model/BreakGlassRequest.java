package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That someone of operations asks to see what one letter says: waits for a second person until it
 * lapses, and is open for a short time where that person allows it. Why it was asked is sealed
 * beside it.
 *
 * @param askedBy the opaque id of who asks, and alone may see
 * @param lapsesAt from then on nobody decides it any more
 * @param grant that a second person allowed it
 */
public record BreakGlassRequest(
    UUID id,
    LetterRef letter,
    String askedBy,
    Instant askedAt,
    Instant lapsesAt,
    Optional<Grant> grant) {

  /**
   * What a second person allowed.
   *
   * @param by the opaque id of that person
   * @param endsAt from then on nothing is seen any more
   */
  public record Grant(String by, Instant at, Instant endsAt) {

    /** Who allowed it is personal data of staff: never shown by accident. */
    @Override
    public String toString() {
      return "Grant[until " + endsAt + "]";
    }
  }

  /** How it stands. */
  public enum State {
    /** A second person may decide it. */
    WAITING,
    /** Nobody decided it in time. */
    LAPSED,
    /** Whoever asked may see the letter. */
    OPEN,
    /** The time for seeing has gone. */
    OVER
  }

  /** How it stands at this time. */
  public State at(Instant now) {
    return grant
        .map(given -> now.isBefore(given.endsAt()) ? State.OPEN : State.OVER)
        .orElse(now.isBefore(lapsesAt) ? State.WAITING : State.LAPSED);
  }

  /** When the state that it is in ends by itself. */
  public Instant until() {
    return grant.map(Grant::endsAt).orElse(lapsesAt);
  }

  /** Whether something may still be done under it. */
  public boolean isLive(Instant now) {
    return now.isBefore(until());
  }

  /** The same after a second person has allowed it. */
  public BreakGlassRequest granted(Grant given) {
    return new BreakGlassRequest(id, letter, askedBy, askedAt, lapsesAt, Optional.of(given));
  }

  /** Who asks is personal data of staff: never shown by accident. */
  @Override
  public String toString() {
    return "BreakGlassRequest[" + id + ", " + letter + ", until " + until() + "]";
  }
}
