package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When the reply is due, and by which rule (id and version). {@code due} counts to its midnight.
 */
public record Deadline(State state, String rule, Optional<LocalDate> due) {
  /** The states of a deadline. */
  public enum State {
    /** The request is not yet proven received. */
    NOT_STARTED,
    RUNNING,
    PAUSED,
    MET,
    MISSED,
    /** Returned or cancelled: nothing is due any more. */
    VOID
  }

  /** A deadline by this rule that has not started. */
  public static Deadline notStarted(DeadlineRule rule) {
    return new Deadline(State.NOT_STARTED, rule.reference(), Optional.empty());
  }

  /** The deadline as it stands at this time: a running one whose last day is over is missed. */
  public Deadline at(Instant now) {
    return state == State.RUNNING && due.isPresent() && isOver(now)
        ? new Deadline(State.MISSED, rule, due)
        : this;
  }

  private boolean isOver(Instant now) {
    return now.atZone(DeadlineRule.ZONE).toLocalDate().isAfter(due.orElseThrow());
  }

  /** Started by the proven receipt; a deadline that has started or ended stays as it is. */
  public Deadline started(LocalDate lastDay) {
    return state == State.NOT_STARTED
        ? new Deadline(State.RUNNING, rule, Optional.of(lastDay))
        : this;
  }

  /** Ended by a reply at this time. A reply before the proven receipt is in time. */
  public Deadline replied(Instant now) {
    return switch (at(now).state()) {
      case NOT_STARTED, RUNNING, PAUSED -> new Deadline(State.MET, rule, due);
      case MISSED -> new Deadline(State.MISSED, rule, due);
      case MET, VOID -> this;
    };
  }

  /** Ended without a reply. */
  public Deadline voided() {
    return new Deadline(State.VOID, rule, due);
  }
}
