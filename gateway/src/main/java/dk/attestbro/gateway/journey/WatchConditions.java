package dk.attestbro.gateway.journey;

import dk.attestbro.model.TimelineCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks regularly at what no letter tells of. A condition is an alarm when it is first seen, and
 * again in each {@code repeatAfter} while it lasts.
 */
public final class WatchConditions {
  private final List<Watch> watches;
  private final Duration repeatAfter;
  private final Alarms alarms;
  private final Clock clock;
  private final Map<Condition, Instant> raised = new HashMap<>();

  /** Something that operations must know. What the detail says may change while it lasts. */
  public record Condition(TimelineCode code, String subject, String detail) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Condition that && code == that.code && subject.equals(that.subject);
    }

    @Override
    public int hashCode() {
      return code.hashCode() * 31 + subject.hashCode();
    }
  }

  /** One thing that is looked at. */
  @FunctionalInterface
  public interface Watch {
    /** What is wrong with it now. Never throws for what the world does. */
    List<Condition> look(Instant now);
  }

  public WatchConditions(List<Watch> watches, Duration repeatAfter, Alarms alarms, Clock clock) {
    this.watches = List.copyOf(watches);
    this.repeatAfter = repeatAfter;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Looks at everything once. */
  public synchronized void look() {
    Instant now = clock.instant();
    Set<Condition> seen = new HashSet<>();
    for (Watch watch : watches) {
      seen.addAll(watch.look(now));
    }
    seen.forEach(condition -> raiseWhereDue(condition, now));
    raised.keySet().retainAll(seen);
  }

  private void raiseWhereDue(Condition condition, Instant now) {
    Optional<Instant> before = Optional.ofNullable(raised.get(condition));
    if (before.isEmpty() || !now.isBefore(before.get().plus(repeatAfter))) {
      alarms.raise(condition.code(), condition.subject(), condition.detail());
      raised.put(condition, now);
    }
  }
}
