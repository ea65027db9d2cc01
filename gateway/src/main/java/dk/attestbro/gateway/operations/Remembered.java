package dk.attestbro.gateway.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks something up at most once in a while, however many ask; nobody looks, nothing is done. */
final class Remembered<T> {
  private final Supplier<T> source;
  private final Duration age;
  private final Clock clock;
  private Optional<Seen<T>> seen = Optional.empty();

  private record Seen<T>(Instant at, T value) {}

  Remembered(Supplier<T> source, Duration age, Clock clock) {
    this.source = source;
    this.age = age;
    this.clock = clock;
  }

  /** What was seen within the age, else what is there now. */
  synchronized T get() {
    Instant now = clock.instant();
    Optional<Seen<T>> fresh = seen.filter(last -> now.isBefore(last.at().plus(age)));
    if (fresh.isPresent()) {
      return fresh.get().value();
    }
    T value = source.get();
    seen = Optional.of(new Seen<>(now, value));
    return value;
  }
}
