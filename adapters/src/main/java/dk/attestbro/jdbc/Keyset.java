package dk.attestbro.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A list that goes on behind the row seen last: its order, and the conditions that each find a page
 * of their own, so that an index in the same order gives every page at once. The rows are called
 * {@code k}. Those without the key come last, either way round.
 *
 * @param key what the list is sorted by first; empty where by the ties alone
 * @param mayBeEmpty whether rows may lack the key
 * @param ties what rows that are alike are sorted by; together they are unique
 */
record Keyset(Optional<String> key, boolean mayBeEmpty, List<String> ties, boolean descending) {

  /** What the row seen last has of the key and the ties. */
  record Seen(Optional<Object> key, List<Object> ties) {}

  /**
   * The select that finds the keys of a page, with {@code :limit} as its length: each place and
   * each condition finds a page of its own, and of all together the first count.
   *
   * @param places each a table called {@code k} and a condition
   * @param filters more conditions, each with an {@code and} before it
   */
  String page(
      List<String> places, String filters, Optional<Seen> after, Map<String, Object> parameters) {
    String columns = Stream.concat(key.stream(), ties.stream()).collect(Collectors.joining(", "));
    List<String> behind = conditions(after, parameters);
    String pages =
        places.stream()
            .flatMap(place -> behind.stream().map(one -> place + " and " + one))
            .map(
                one -> "(select " + columns + " from " + one + filters + order() + " limit :limit)")
            .collect(Collectors.joining(" union "));
    return "select * from (" + pages + ") k" + orderOfAll() + " limit :limit";
  }

  /** The order in which one condition finds its page. */
  private String order() {
    return order("");
  }

  /** The order of all pages together. */
  String orderOfAll() {
    return order(" nulls last");
  }

  private String order(String empties) {
    String way = descending ? " desc" : "";
    return " order by "
        + Stream.concat(key.map(column -> "k." + column + way + empties).stream(), ties(way))
            .collect(Collectors.joining(", "));
  }

  private Stream<String> ties(String way) {
    return ties.stream().map(column -> "k." + column + way);
  }

  /** The conditions that find what comes behind the row seen last, if any. */
  private List<String> conditions(Optional<Seen> after, Map<String, Object> parameters) {
    if (after.isEmpty()) {
      return mayBeEmpty
          ? key.stream().flatMap(k -> Stream.of("k." + k + " is not null", lacks(k))).toList()
          : List.of("true");
    }
    Seen seen = after.get();
    IntStream.range(0, ties.size())
        .forEach(tie -> parameters.put("tie" + tie, seen.ties().get(tie)));
    if (key.isEmpty()) {
      return List.of(behind(List.of(), List.of()));
    }
    if (seen.key().isEmpty()) {
      return List.of(lacks(key.get()) + " and " + behind(List.of(), List.of()));
    }
    parameters.put("key", seen.key().get());
    String behind = behind(List.of("k." + key.get()), List.of(":key"));
    return mayBeEmpty ? List.of(behind, lacks(key.get())) : List.of(behind);
  }

  private static String lacks(String column) {
    return "k." + column + " is null";
  }

  private String behind(List<String> firstColumns, List<String> firstValues) {
    List<String> columns = new ArrayList<>(firstColumns);
    List<String> values = new ArrayList<>(firstValues);
    ties("").forEach(columns::add);
    IntStream.range(0, ties.size()).forEach(tie -> values.add(":tie" + tie));
    return "("
        + String.join(", ", columns)
        + ")"
        + (descending ? " < " : " > ")
        + "("
        + String.join(", ", values)
        + ")";
  }
}
