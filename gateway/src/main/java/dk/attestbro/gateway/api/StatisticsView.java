package dk.attestbro.gateway.api;

import dk.attestbro.gateway.cases.PublishedFigures;
import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.gateway.cases.StatisticsCsv;
import dk.attestbro.port.StatisticsQuery.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The figures as JSON: a count that is null is masked, another figure that is null has no value.
 */
record StatisticsView(
    LocalDate from,
    LocalDate to,
    List<String> by,
    Instant cutoff,
    double baselineShareLate,
    Map<String, Object> total,
    List<Map<String, Object>> groups) {

  static StatisticsView of(PublishedFigures figures) {
    List<String> by = figures.query().by().stream().map(StatisticsView::name).toList();
    return new StatisticsView(
        figures.query().from(),
        figures.query().to(),
        by,
        figures.query().cutoff(),
        PublishedFigures.BASELINE_SHARE_LATE,
        row(figures.total()),
        figures.groups().stream().map(group -> group(by, group)).toList());
  }

  private static Map<String, Object> group(List<String> by, Row group) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < by.size(); i++) {
      values.put(by.get(i), group.values().get(i));
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("group", values);
    view.putAll(row(group));
    return view;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("masked", row.masked());
    view.putAll(row.counts());
    view.put("returnedByReason", row.returnedByReason());
    view.put("mentorOutcomes", row.mentorOutcomes());
    row.derived()
        .forEach(
            (name, figure) ->
                view.put(
                    name,
                    figure.isPresent()
                        ? Optional.of(StatisticsCsv.rounded(figure.getAsDouble()))
                        : Optional.<BigDecimal>empty()));
    return view;
  }

  private static String name(Dimension dimension) {
    return dimension.name().toLowerCase(Locale.ROOT);
  }
}
