package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.SortParameter;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.port.Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lists that go on behind a cursor; the filters stay, and the first page is one link away. */
final class DeskList {
  /** Rows on a page. */
  static final int SHOWN = 50;

  private static final String AFTER = "after";
  private static final Set<String> NOT_KEPT = Set.of(AFTER, Listing.SORT, "lang");

  private DeskList() {}

  /**
   * A page out of what was found when one more was asked for.
   *
   * @param parameters of the call, of which the filters are kept
   * @param order in which it was found
   */
  static <T> Listing<T> of(
      List<T> found,
      String path,
      Map<String, String> parameters,
      List<Listing.Column> columns,
      Order<?> order,
      Function<T, String> cursor) {
    List<T> rows = found.size() > SHOWN ? found.subList(0, SHOWN) : found;
    Map<String, String> kept = new LinkedHashMap<>(parameters);
    kept.keySet().removeAll(NOT_KEPT);
    kept.values().removeIf(String::isBlank);
    return new Listing<>(
        rows,
        path,
        kept,
        columns,
        SortParameter.name(order.by()),
        order.descending(),
        parameters.containsKey(AFTER) ? Optional.of(Map.of()) : Optional.empty(),
        found.size() > SHOWN
            ? Optional.of(Map.of(AFTER, cursor.apply(rows.get(SHOWN - 1))))
            : Optional.empty());
  }
}
