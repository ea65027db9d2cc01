package dk.attestbro.gateway.cases;

import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.model.Text;
import dk.attestbro.port.ShareChart;
import dk.attestbro.port.ShareChart.Bar;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The share of lateness of the total and of each group, beside where it began: 75 %. */
public final class LatenessChart {
  /** A chart of more groups than this cannot be read; the table beside it has them all. */
  public static final int MOST_GROUPS = 40;

  private static final long BASELINE = Math.round(100 * PublishedFigures.BASELINE_SHARE_LATE);
  private static final Text WHAT =
      new Text("Søjlediagram over andel for sene.", "Bar chart of the share of late.");
  private static final Text ALL = new Text("Alle", "All");
  private static final Text LINE =
      new Text("Udgangspunkt " + BASELINE + " %", "Baseline " + BASELINE + " %");

  private LatenessChart() {}

  /**
   * The chart.
   *
   * @param language picks the words
   * @param figure how a share is told, and what stands for one that is not
   */
  public static ShareChart of(
      PublishedFigures figures,
      Function<Text, String> language,
      Function<OptionalDouble, String> figure) {
    List<Bar> bars =
        Stream.concat(Stream.of(figures.total()), figures.groups().stream().limit(MOST_GROUPS))
            .map(row -> bar(row, language.apply(ALL), figure))
            .toList();
    String line = language.apply(LINE);
    String said =
        bars.stream()
            .map(bar -> bar.label() + ": " + bar.figure())
            .collect(Collectors.joining("; ", language.apply(WHAT) + " ", ". " + line + "."));
    return new ShareChart(said, bars, PublishedFigures.BASELINE_SHARE_LATE, line);
  }

  private static Bar bar(Row row, String all, Function<OptionalDouble, String> figure) {
    return new Bar(
        row.values().isEmpty() ? all : String.join(", ", row.values()),
        row.shareLate(),
        figure.apply(row.shareLate()));
  }
}
