package dk.attestbro.gateway.pages;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many sign-ins may be tried for one user and from one address. What is asked about longest ago
 * is forgotten first, so that the memory is bounded.
 */
final class SignInLimits {
  private static final int MOST_KEPT = 10_000;

  /** Several people share an address. */
  private static final int PEOPLE_PER_ADDRESS = 3;

  private final int attempts;
  private final Duration per;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_KEPT;
        }
      };

  SignInLimits(int attempts, Duration per, Clock clock) {
    this.attempts = attempts;
    this.per = per;
    this.time = new ClockMeter(clock);
  }

  /** Counts one attempt; whether it may be made. */
  synchronized boolean tryOne(String user, String address) {
    boolean byUser = bucket("user " + user, attempts).tryConsume(1);
    boolean byAddress = bucket("address " + address, attempts * PEOPLE_PER_ADDRESS).tryConsume(1);
    return byUser && byAddress;
  }

  /** The right password was given: the attempts before it count no more for the user. */
  synchronized void succeeded(String user) {
    buckets.remove("user " + user);
  }

  private Bucket bucket(String key, int capacity) {
    return buckets.computeIfAbsent(
        key,
        unused ->
            Bucket.builder()
                .addLimit(
                    Bandwidth.builder().capacity(capacity).refillGreedy(capacity, per).build())
                .withCustomTimePrecision(time)
                .build());
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public long currentTimeNanos() {
      return clock.millis() * NANOS_PER_MILLI;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
