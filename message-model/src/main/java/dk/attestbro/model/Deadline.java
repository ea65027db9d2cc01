package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When the reply is due, and by which rule (id and version). {@code due} counts to its midnight in
 * Copenhagen. While it is paused, {@code due} is the last day without the pause that still lasts.
 */
public record Deadline(State state, String rule, Optional<LocalDate> due) {
  /** The states of a deadline. */
  public enum State {
    /** What it is counted from has not happened: the request is not yet proven received. */
    NOT_STARTED,
    RUNNING,
    /** The requester owes the answer to a question. */
    PAUSED,
    MET,
    MISSED,
    /** The case ended without a reply: nothing is due any more. */
    VOID
  }

  /** The deadline as it stands at this time: a running one whose last day is over is missed. */
  public Deadline at(Instant now) {
    return state == State.RUNNING && due.filter(DeadlineRule.day(now)::isAfter).isPresent()
        ? new Deadline(State.MISSED, rule, due)
        : this;
  }
}
