package dk.attestbro.gateway.journey;

import dk.attestbro.model.OutboxRow;
import dk.attestbro.port.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Renews the claim on a row while its delivery runs, so that a slow receiver is not tried twice at
 * once.
 */
public final class LeaseKeeper implements AutoCloseable {
  private final Outbox outbox;
  private final Duration lease;
  private final Clock clock;
  private final Set<OutboxRow> kept = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lease-keeper");
            thread.setDaemon(true);
            return thread;
          });

  public LeaseKeeper(Outbox outbox, Duration lease, Clock clock) {
    this.outbox = outbox;
    this.lease = lease;
    this.clock = clock;
    long third = Math.max(1, lease.toMillis() / 3);
    timer.scheduleAtFixedRate(() -> kept.forEach(this::renew), third, third, TimeUnit.MILLISECONDS);
  }

  /** When a lease that is taken now ends. */
  Instant until(Instant now) {
    return now.plus(lease);
  }

  /** Keeps this claim until the returned lease is closed. */
  Lease keep(OutboxRow claim) {
    kept.add(claim);
    return new Lease(claim);
  }

  private void renew(OutboxRow claim) {
    try {
      outbox.extendLease(claim.letter(), claim.version(), until(clock.instant()));
    } catch (RuntimeException unreachable) {
      // The next renewal tries again; where none succeeds the lease ends and the row is due again.
      System.getLogger(LeaseKeeper.class.getName())
          .log(System.Logger.Level.WARNING, "the lease of {0} was not renewed", claim.letter());
    }
  }

  /** One claim that is being kept. */
  final class Lease implements AutoCloseable {
    private final OutboxRow claim;

    private Lease(OutboxRow claim) {
      this.claim = claim;
    }

    @Override
    public void close() {
      kept.remove(claim);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
