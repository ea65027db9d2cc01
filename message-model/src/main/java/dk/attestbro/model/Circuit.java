package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the way to a receiver is worth an attempt. It opens after some failures in a row that are
 * the way's and not the letter's; then one probe at a time goes, each after a longer wait, until
 * one gets through. What is not attempted meanwhile is no attempt of its letter.
 *
 * @param failures in a row
 * @param failedProbes in a row
 * @param probeAt when the next probe may go; empty while the circuit is closed
 * @param probing whether a probe is on its way
 * @param fault the code of the last failure
 */
public record Circuit(
    int failures,
    int failedProbes,
    Optional<Instant> probeAt,
    boolean probing,
    Optional<String> fault) {
  public static final Circuit CLOSED = new Circuit(0, 0, Optional.empty(), false, Optional.empty());

  /** As electricians say it: closed is well. */
  public enum State {
    CLOSED,
    OPEN,
    /** A probe is on its way. */
    HALF_OPEN
  }

  public State state() {
    if (probeAt.isEmpty()) {
      return State.CLOSED;
    }
    return probing ? State.HALF_OPEN : State.OPEN;
  }

  /** Whether an attempt may be made now: any while it is closed, else a probe that is due. */
  public boolean allows(Instant now) {
    return probeAt.map(at -> !probing && !now.isBefore(at)).orElse(true);
  }

  /** When to ask again, where nothing may be attempted now. */
  public Instant askAgainAt(CircuitRules rules, Instant now) {
    return probeAt
        .filter(at -> !probing && at.isAfter(now))
        .orElseGet(() -> now.plus(rules.waitAfter(failedProbes)));
  }

  /** An attempt that it allows begins. */
  public Circuit begun() {
    return new Circuit(failures, failedProbes, probeAt, probeAt.isPresent(), fault);
  }

  /** An attempt ended; {@code probe} where it was begun as one. */
  public Circuit ended(DeliveryOutcome outcome, boolean probe, CircuitRules rules, Instant now) {
    if (outcome instanceof DeliveryOutcome.TransientFailure failure) {
      DeliveryFault met = DeliveryFault.of(failure.reason());
      if (met.isOfTheWay()) {
        return failed(failure.reason(), probe, rules, now);
      }
      if (!met.gotThere()) {
        return probe ? abandoned() : this;
      }
    }
    return CLOSED;
  }

  /** A probe told nothing: the next one may go. */
  public Circuit abandoned() {
    return new Circuit(failures, failedProbes, probeAt, false, fault);
  }

  private Circuit failed(String reason, boolean probe, CircuitRules rules, Instant now) {
    if (probe) {
      int probes = failedProbes + 1;
      return new Circuit(
          failures + 1,
          probes,
          Optional.of(now.plus(rules.waitAfter(probes))),
          false,
          Optional.of(reason));
    }
    if (probeAt.isPresent()) {
      // Begun before the circuit opened: it tells nothing new.
      return this;
    }
    return new Circuit(
        failures + 1,
        0,
        Optional.of(now.plus(rules.waitAfter(0))).filter(at -> rules.opensAfter(failures + 1)),
        false,
        Optional.of(reason));
  }
}
