package dk.attestbro.gateway.operations;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the gateway stands on, as it is right now.
 *
 * @param parts the parts that health looks at, each up or not
 * @param stuck letters that move no more and have not ended
 */
public record Surroundings(List<Part> parts, long diskFree, long diskTotal, int stuck) {

  /** One part, such as the database or the broker. */
  public record Part(String name, boolean up) {}

  /** Free disk in per cent. */
  public long diskFreePercent() {
    return diskTotal == 0 ? 100 : diskFree * 100 / diskTotal;
  }

  /** Looks at them. */
  @FunctionalInterface
  public interface Source extends Supplier<Surroundings> {}
}
