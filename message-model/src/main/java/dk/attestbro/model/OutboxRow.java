package dk.attestbro.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one clock for sending: what is recorded and not yet ended on its way out, at most one row per
 * letter. {@code dueAt} is when something must happen: the next attempt, the end of a lease, the
 * end of the wait for an acknowledgement. {@code viaFallback}: it goes to the party's fallback.
 * {@code attempts} counts claims of this envelope, {@code resends} the envelopes after the first.
 * {@code expiresAt} ends the letter's time to live. {@code version} is the one read; each update
 * raises it by one, so a hand-over, a claim and an outcome are each taken once.
 */
public record OutboxRow(
    LetterRef letter,
    PartyId receiver,
    BundleId bundleId,
    Phase phase,
    int attempts,
    int resends,
    boolean perhapsDelivered,
    Instant dueAt,
    Instant expiresAt,
    Optional<String> lastReason,
    boolean viaFallback,
    int version) {

  /** What the row waits for. */
  public enum Phase {
    /** For its time to be handed to the queue. */
    TO_SEND,
    /** In the queue, until the lease ends. */
    HANDED_OVER,
    /** Being delivered, until the lease ends. */
    CLAIMED,
    /** Delivered; for the acknowledgement. */
    AWAITING
  }

  /** A new row: due at once. */
  public static OutboxRow first(
      LetterRef letter, PartyId receiver, BundleId bundleId, Instant now, Duration timeToLive) {
    return new OutboxRow(
        letter,
        receiver,
        bundleId,
        Phase.TO_SEND,
        0,
        0,
        false,
        now,
        now.plus(timeToLive),
        Optional.empty(),
        false,
        1);
  }

  public OutboxRow handedOver(Instant leaseUntil) {
    return with(Phase.HANDED_OVER, attempts, leaseUntil, mayHaveArrived(), lastReason);
  }

  public OutboxRow claimed(Instant leaseUntil) {
    return with(Phase.CLAIMED, attempts + 1, leaseUntil, perhapsDelivered, lastReason);
  }

  /** Whether the receiver perhaps has it: a claim whose outcome no one wrote may have arrived. */
  boolean mayHaveArrived() {
    return perhapsDelivered || phase == Phase.CLAIMED;
  }

  /** Given back unsent: due again at that time, no attempt counted. */
  public OutboxRow givenBack(Instant at) {
    return with(Phase.TO_SEND, attempts, at, perhapsDelivered, lastReason);
  }

  /** Failed for now: due again at that time. */
  public OutboxRow toRetry(Instant at, String reason, boolean perhaps) {
    return with(Phase.TO_SEND, attempts, at, perhapsDelivered || perhaps, Optional.of(reason));
  }

  /** The same row of a letter that an earlier envelope perhaps delivered. */
  public OutboxRow perhapsDeliveredBefore() {
    return with(phase, attempts, dueAt, true, lastReason);
  }

  /** From now on to the receiver's fallback, with all its attempts before it. */
  public OutboxRow toFallback(Instant now, Instant expires) {
    return new OutboxRow(
        letter,
        receiver,
        bundleId,
        Phase.TO_SEND,
        0,
        resends,
        perhapsDelivered,
        now,
        expires,
        lastReason,
        true,
        version);
  }

  /** Whether the receiver's own endpoint is proven never to have had it. */
  public boolean mayFallBack() {
    return !viaFallback && !mayHaveArrived();
  }

  /** Delivered: the acknowledgement is awaited until then. */
  public OutboxRow awaiting(Instant until) {
    return with(Phase.AWAITING, attempts, until, true, lastReason);
  }

  /** A further envelope, due now. {@code resendsNow} is the new count. */
  public OutboxRow inEnvelope(BundleId next, int resendsNow, Instant now) {
    return new OutboxRow(
        letter,
        receiver,
        next,
        Phase.TO_SEND,
        0,
        resendsNow,
        mayHaveArrived(),
        now,
        expiresAt,
        lastReason,
        viaFallback,
        version);
  }

  /** The same row as it stands in the records after an update. */
  public OutboxRow stored() {
    return new OutboxRow(
        letter,
        receiver,
        bundleId,
        phase,
        attempts,
        resends,
        perhapsDelivered,
        dueAt,
        expiresAt,
        lastReason,
        viaFallback,
        version + 1);
  }

  private OutboxRow with(
      Phase next, int attemptsNow, Instant due, boolean perhaps, Optional<String> reason) {
    return new OutboxRow(
        letter,
        receiver,
        bundleId,
        next,
        attemptsNow,
        resends,
        perhaps,
        due,
        expiresAt,
        reason,
        viaFallback,
        version);
  }
}
