package dk.attestbro.gateway.operations;

import dk.attestbro.model.Circuit;
import dk.attestbro.port.OperationsRecords.QueueTraffic;
import dk.attestbro.port.QueueFigures;
import java.time.Instant;
import java.util.Optional;

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

  /** What the last attempt of a letter that waits failed with, else what opened the circuit. */
  public Optional<String> lastError() {
    return figures
        .lastError()
        .or(() -> circuit.fault().filter(fault -> circuit.state() != Circuit.State.CLOSED));
  }

  /** When the next probe goes; empty where it goes as soon as there is a letter. */
  public Optional<Instant> probeAt(Instant now) {
    return circuit.probeAt().filter(at -> at.isAfter(now));
  }
}
