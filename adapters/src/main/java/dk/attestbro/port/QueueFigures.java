package dk.attestbro.port;

import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.Optional;

/**
 * One party's queue: {@code depth} counts rows not yet delivered; {@code inFlight} those being
 * delivered; {@code waitingForRetry} those that failed and wait for their next attempt; {@code
 * oldest} is when the oldest undelivered letter was recorded; {@code lastError} the code of the
 * newest failure among them.
 */
public record QueueFigures(
    PartyId party,
    long depth,
    Optional<Instant> oldest,
    long inFlight,
    long waitingForRetry,
    long awaitingAcknowledgement,
    boolean paused,
    Optional<String> lastError) {}
