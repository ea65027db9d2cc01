package dk.attestbro.gateway.journey;

import java.time.Duration;

/**
 * How the gateway sends.
 *
 * @param lease how long a hand-over and a claim hold before the row is due again
 * @param underWayPerParty at most so many rows of one party are in the queue at once
 * @param batch at most so many rows are handed over in one commit
 */
public record JourneySettings(Duration lease, int underWayPerParty, int batch) {
  /** The defaults of the design: a lease of 30 seconds. */
  public static final JourneySettings DEFAULT = new JourneySettings(Duration.ofSeconds(30), 32, 20);
}
