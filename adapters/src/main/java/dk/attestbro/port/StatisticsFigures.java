package dk.attestbro.port;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exact figures: one tally per group that has any, in the order of their values. */
public record StatisticsFigures(StatisticsQuery query, List<Group> groups) {
  private static final Comparator<Group> BY_VALUES =
      (one, other) -> {
        for (int i = 0; i < one.values().size(); i++) {
          int order = one.values().get(i).compareTo(other.values().get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  public StatisticsFigures {
    groups = groups.stream().sorted(BY_VALUES).toList();
  }

  /** What was counted where the dimensions have these values, in the order of the query. */
  public record Group(List<String> values, Tally tally) {}

  /** All groups together. */
  public Tally total() {
    Tally total = new Tally();
    groups.forEach(group -> total.addAll(group.tally()));
    return total;
  }

  /** Collects the tallies of groups. */
  public static final class Builder {
    private final StatisticsQuery query;
    private final Map<List<String>, Tally> tallies = new HashMap<>();

    public Builder(StatisticsQuery query) {
      this.query = query;
    }

    /** The tally of a group, to count into. */
    public Tally of(List<String> values) {
      return tallies.computeIfAbsent(values, any -> new Tally());
    }

    public StatisticsFigures build() {
      return new StatisticsFigures(
          query,
          tallies.entrySet().stream()
              .map(entry -> new Group(entry.getKey(), entry.getValue()))
              .toList());
    }
  }
}
