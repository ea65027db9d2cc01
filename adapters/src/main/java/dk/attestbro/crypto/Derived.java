package dk.attestbro.crypto;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is made of the keys, made anew whenever they have changed. */
final class Derived<T> implements Supplier<T> {
  private final GatewayKeys keys;
  private final Function<KeySet, T> making;
  private volatile Optional<Made<T>> made = Optional.empty();

  private record Made<T>(KeySet of, T value) {}

  Derived(GatewayKeys keys, Function<KeySet, T> making) {
    this.keys = keys;
    this.making = making;
  }

  @Override
  public T get() {
    KeySet now = keys.current();
    Optional<Made<T>> before = made;
    if (before.isPresent() && before.get().of() == now) {
      return before.get().value();
    }
    // Two threads may both make it: either is right.
    T value = making.apply(now);
    made = Optional.of(new Made<>(now, value));
    return value;
  }
}
