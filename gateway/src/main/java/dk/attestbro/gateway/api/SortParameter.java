package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Order;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The order of a list as {@code sort} names it: {@code due}, or {@code -due} the other way round.
 */
public final class SortParameter {
  /** The parameter's name. */
  static final String NAME = "sort";

  private static final String DESCENDING = "-";

  private SortParameter() {}

  /**
   * The order that is asked for.
   *
   * @throws MessageRefused PARAMETER_INVALID where there is none of this name
   */
  public static <B extends Enum<B>> Order<B> read(
      Optional<String> given, B[] known, Order<B> otherwise) {
    return given.filter(text -> !text.isBlank()).map(text -> read(text, known)).orElse(otherwise);
  }

  private static <B extends Enum<B>> Order<B> read(String text, B[] known) {
    boolean descending = text.startsWith(DESCENDING);
    String name = descending ? text.substring(DESCENDING.length()) : text;
    return Arrays.stream(known)
        .filter(by -> name(by).equals(name))
        .findFirst()
        .map(by -> new Order<>(by, descending))
        .orElseThrow(() -> new MessageRefused(RefusalReason.PARAMETER_INVALID, NAME));
  }

  /** As a link or a cursor says it. */
  public static String of(Order<?> order) {
    return (order.descending() ? DESCENDING : "") + name(order.by());
  }

  /** The name of what is sorted by. */
  public static String name(Enum<?> by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
