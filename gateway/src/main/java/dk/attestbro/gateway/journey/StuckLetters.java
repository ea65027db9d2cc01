package dk.attestbro.gateway.journey;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Letters that should have moved and have not: there must be none. Each raises an alarm when it is
 * first seen, and again only after it had moved.
 */
public final class StuckLetters {
  private static final int LISTED = 100;

  private final Outbox outbox;
  private final Circuits circuits;
  private final Duration after;
  private final Alarms alarms;
  private final Clock clock;
  private Set<LetterRef> known = Set.of();

  /**
   * @param after how long a letter may be overdue
   */
  public StuckLetters(
      Outbox outbox, Circuits circuits, Duration after, Alarms alarms, Clock clock) {
    this.outbox = outbox;
    this.circuits = circuits;
    this.after = after;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Looks anew; how many there are, at most 100. */
  public synchronized int look() {
    Set<LetterRef> now =
        Set.copyOf(outbox.stuck(clock.instant().minus(after), circuits.held(), LISTED));
    now.stream()
        .filter(letter -> !known.contains(letter))
        .forEach(letter -> alarms.raise(TimelineCode.STUCK, letter.toString(), after.toString()));
    known = now;
    return now.size();
  }
}
