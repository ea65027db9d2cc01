package dk.attestbro.gateway.cases;

import dk.attestbro.gateway.cases.StatisticsPage.Bar;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shares as lying bars in SVG, one below the other, with a line across them. */
final class BarChart {
  private static final int LABELS = 230;
  private static final int SCALE = 400;
  private static final int FIGURES = 60;
  private static final int STEP = 18;
  private static final int THICKNESS = 12;
  private static final int TOP = 20;
  private static final int LONGEST_LABEL = 40;

  private BarChart() {}

  /** The drawing, and in words what it shows. */
  static String of(List<Bar> bars, double line) {
    int width = LABELS + SCALE + FIGURES;
    int height = TOP + bars.size() * STEP + 4;
    String said =
        StatisticsPage.escaped(
            "Søjlediagram over andel for sene. "
                + bars.stream().map(Bar::said).collect(Collectors.joining("; "))
                + ". Udgangspunktet er 75 %.");
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" font-family=\"Liberation Sans\" font-size=\"10\" alt=\"")
        .append(said)
        .append("\"><title>")
        .append(said)
        .append("</title>");
    for (int i = 0; i < bars.size(); i++) {
      bar(bars.get(i), TOP + i * STEP, svg);
    }
    int x = LABELS + (int) Math.round(SCALE * line);
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#a00000\" stroke-width=\"1.5\""
                + " stroke-dasharray=\"4 2\"/><text x=\"%d\" y=\"12\" text-anchor=\"middle\">75 %%"
                + "</text>",
            x,
            TOP - 4,
            x,
            height - 2,
            x));
    return svg.append("</svg>").toString();
  }

  private static void bar(Bar bar, int y, StringBuilder svg) {
    int length = (int) Math.round(SCALE * bar.share().orElse(0));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#1f5f8b\"/>"
                + "<text x=\"%d\" y=\"%d\">%s</text>",
            LABELS - 6,
            y + 10,
            StatisticsPage.escaped(shortened(bar.label())),
            LABELS,
            y,
            length,
            THICKNESS,
            LABELS + SCALE + 6,
            y + 10,
            StatisticsPage.escaped(StatisticsPage.percent(bar.share()))));
  }

  private static String shortened(String label) {
    return label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL - 1) + "…" : label;
  }
}
