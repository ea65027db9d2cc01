package dk.attestbro.gateway.cases;

import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.port.StatisticsQuery;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Figures as CSV (RFC 4180 but for the semicolon, which Danish spreadsheets split at): a header, a
 * row for the total, a row per group. Decimals have a point; a masked count is {@value #MASKED}.
 */
public final class StatisticsCsv {
  static final String MASKED = "*";

  private static final String SEPARATOR = ";";
  private static final String END = "\r\n";
  private static final int DECIMALS = 4;

  private StatisticsCsv() {}

  public static String of(PublishedFigures figures) {
    StringBuilder csv = new StringBuilder();
    line(header(figures), csv);
    line(row("total", figures.total(), figures.query()), csv);
    figures.groups().forEach(group -> line(row("group", group, figures.query()), csv));
    return csv.toString();
  }

  private static List<String> header(PublishedFigures figures) {
    List<String> cells = new ArrayList<>(List.of("from", "to", "cutoff", "row"));
    figures.query().by().forEach(by -> cells.add(by.name().toLowerCase(Locale.ROOT)));
    Row total = figures.total();
    cells.addAll(total.counts().keySet());
    total.returnedByReason().keySet().forEach(reason -> cells.add("returned_" + reason));
    total.mentorOutcomes().keySet().forEach(code -> cells.add("mentorOutcome_" + code));
    cells.addAll(total.derived().keySet());
    cells.add("baselineShareLate");
    return cells;
  }

  private static List<String> row(String kind, Row row, StatisticsQuery query) {
    List<String> cells = new ArrayList<>();
    cells.add(query.from().toString());
    cells.add(query.to().toString());
    cells.add(query.cutoff().toString());
    cells.add(kind);
    for (int i = 0; i < query.by().size(); i++) {
      cells.add(row.values().isEmpty() ? "" : row.values().get(i));
    }
    for (Map<String, OptionalLong> counts :
        List.of(row.counts(), row.returnedByReason(), row.mentorOutcomes())) {
      counts.values().forEach(count -> cells.add(text(count)));
    }
    row.derived().values().forEach(figure -> cells.add(text(figure)));
    cells.add(text(OptionalDouble.of(PublishedFigures.BASELINE_SHARE_LATE)));
    return cells;
  }

  private static String text(OptionalLong count) {
    return count.isPresent() ? Long.toString(count.getAsLong()) : MASKED;
  }

  private static String text(OptionalDouble figure) {
    return figure.isPresent() ? rounded(figure.getAsDouble()).toPlainString() : "";
  }

  /** To four decimals, without zeroes at the end. */
  public static BigDecimal rounded(double figure) {
    BigDecimal rounded = BigDecimal.valueOf(figure).setScale(DECIMALS, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  private static void line(List<String> cells, StringBuilder csv) {
    csv.append(cells.stream().map(StatisticsCsv::cell).collect(Collectors.joining(SEPARATOR)))
        .append(END);
  }

  /**
   * SECURITY: a cell that a spreadsheet would take for a formula is told to be text; a number that
   * is less than nothing is one.
   */
  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !isNumber(text);
    String safe = formula ? "'" + text : text;
    boolean quoted =
        formula || safe.chars().anyMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r');
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private static boolean isNumber(String text) {
    return text.matches("-\\d+(\\.\\d+)?");
  }
}
