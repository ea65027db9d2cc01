package dk.attestbro.gateway.cases;

import dk.attestbro.port.StatisticsQuery;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Figures that are fit to be shown: small counts are masked, and nothing that is shown gives them
 * away. A group for each combination of what is told apart, none where nothing is.
 */
public record PublishedFigures(StatisticsQuery query, Row total, List<Row> groups) {
  /** The share of certificates that came late when the ministers asked for better: 75 %. */
  public static final double BASELINE_SHARE_LATE = 0.75;

  public PublishedFigures {
    groups = List.copyOf(groups);
  }

  /**
   * The figures of a group, in the order in which they are shown.
   *
   * @param values of the dimensions, in the order of the query; none for the total
   * @param counts by name; absent where masked
   * @param returnedByReason by the code of the reason; absent where masked
   * @param mentorOutcomes by their code; absent where masked
   * @param derived shares, means and percentiles by name; absent where too few or masked
   */
  public record Row(
      List<String> values,
      Map<String, OptionalLong> counts,
      Map<String, OptionalLong> returnedByReason,
      Map<String, OptionalLong> mentorOutcomes,
      Map<String, OptionalDouble> derived) {
    /** Late or overdue of all that were due, from 0 to 1; empty where that is not shown. */
    public OptionalDouble shareLate() {
      return derived.getOrDefault("shareLate", OptionalDouble.empty());
    }

    /** Whether any count of it is masked. */
    public boolean masked() {
      return Stream.of(counts, returnedByReason, mentorOutcomes)
          .flatMap(several -> several.values().stream())
          .anyMatch(OptionalLong::isEmpty);
    }
  }
}
