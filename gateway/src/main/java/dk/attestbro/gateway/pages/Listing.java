package dk.attestbro.gateway.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * One page of a list that the database pages and sorts, and where its headings and its ends lead.
 * The fragment {@code pages/listing} draws it.
 *
 * @param path of the page that the list is on
 * @param kept the parameters that every link keeps, a filter for example
 * @param columns of the table, in their order
 * @param sort the key of the column that it is sorted by; empty where by none
 * @param previous the parameters that lead to the page before, where there is one
 * @param next the parameters that lead to the page after
 */
public record Listing<T>(
    List<T> rows,
    String path,
    Map<String, String> kept,
    List<Column> columns,
    String sort,
    boolean descending,
    Optional<Map<String, String>> previous,
    Optional<Map<String, String>> next) {
  public static final String SORT = "sort";
  private static final String DESCENDING = "-";

  public Listing {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param key of its heading in the messages
   * @param sort what the parameter {@code sort} says for it; empty where it is not sorted by
   */
  public record Column(String key, String sort) {
    public boolean isSortable() {
      return !sort.isEmpty();
    }
  }

  /** The column that a parameter names: {@code due}, or {@code -due} for the other way round. */
  public record Order(String sort, boolean descending) {
    public static Order of(Optional<String> parameter, List<Column> columns, Order otherwise) {
      boolean descending = parameter.filter(p -> p.startsWith(DESCENDING)).isPresent();
      return parameter
          .map(p -> descending ? p.substring(DESCENDING.length()) : p)
          .filter(p -> columns.stream().anyMatch(c -> c.isSortable() && c.sort().equals(p)))
          .map(p -> new Order(p, descending))
          .orElse(otherwise);
    }

    String parameter() {
      return (descending ? DESCENDING : "") + sort;
    }
  }

  /** Where a column's heading leads: sorted by it, the other way round if it is so already. */
  public String link(Column column) {
    boolean turned = column.sort().equals(sort) && !descending;
    return link(Map.of(SORT, new Order(column.sort(), turned).parameter()));
  }

  /** How it is sorted, as the parameter says it. */
  public String order() {
    return new Order(sort, descending).parameter();
  }

  public boolean isSortedBy(Column column) {
    return column.isSortable() && column.sort().equals(sort);
  }

  /** What {@code aria-sort} says of a column. */
  public String ariaSort(Column column) {
    if (!isSortedBy(column)) {
      return "none";
    }
    return descending ? "descending" : "ascending";
  }

  public Optional<String> previousLink() {
    return previous.map(this::sorted);
  }

  public Optional<String> nextLink() {
    return next.map(this::sorted);
  }

  private String sorted(Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    if (!sort.isEmpty()) {
      all.put(SORT, order());
    }
    return link(all);
  }

  private String link(Map<String, String> parameters) {
    UriComponentsBuilder link = UriComponentsBuilder.fromPath(path);
    kept.forEach(link::queryParam);
    parameters.forEach(link::queryParam);
    return link.encode().build().toUriString();
  }
}
