package dk.attestbro.gateway.operations;

import dk.attestbro.model.Circuit;
import dk.attestbro.port.OperationsRecords.QueueTraffic;
import dk.attestbro.port.QueueFigures;

/**
 * A party's queue with what went through it lately.
 *
 * @param lately attempts of the last minutes
 * @param circuit as this node knows it
 */
public record QueueLine(QueueFigures figures, QueueTraffic lately, Circuit circuit) {

  /** What a queue does. */
  public enum State {
    RUNNING,
    /** Paused, and what was being delivered is being finished. */
    DRAINING,
    PAUSED
  }

  public State state() {
    if (!figures.paused()) {
      return State.RUNNING;
    }
    return figures.inFlight() > 0 ? State.DRAINING : State.PAUSED;
  }
}
