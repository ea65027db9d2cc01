package dk.attestbro.gateway.journey;

import dk.attestbro.gateway.journey.WatchConditions.Condition;
import dk.attestbro.model.TimelineCode;
import java.time.Instant;
import java.util.List;

/** Whether something that the gateway stands on can be reached. */
public final class WatchReach implements WatchConditions.Watch {
  private final TimelineCode code;
  private final String subject;
  private final Probe probe;

  /** Reaches out; whatever it throws is that it could not. */
  @FunctionalInterface
  public interface Probe {
    void reach() throws Exception;
  }

  public WatchReach(TimelineCode code, String subject, Probe probe) {
    this.code = code;
    this.subject = subject;
    this.probe = probe;
  }

  @Override
  public List<Condition> look(Instant now) {
    try {
      probe.reach();
      return List.of();
    } catch (Exception unreached) {
      // SECURITY: its kind alone; a driver's text may quote more.
      return List.of(new Condition(code, subject, unreached.getClass().getSimpleName()));
    }
  }
}
