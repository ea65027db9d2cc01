package dk.attestbro.chart;

import dk.attestbro.port.ChartDrawing;
import dk.attestbro.port.ChartDrawing.Words;
import dk.attestbro.port.ShareChart;
import dk.attestbro.port.ShareChart.Bar;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.CategoryTextAnnotation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSSerializer;

/**
 * Draws shares as lying bars, one below the other, with a dashed line across them. Text is measured
 * with Liberation Sans from our own jar, so that the drawing is the same on every machine, also on
 * one without fonts. Nothing of it is loaded before the first chart.
 */
public final class BarDrawing {
  private static final int WIDTH = 560;
  private static final int STEP = 20;
  private static final int BETWEEN = 7;
  private static final int FONT_SIZE = 12;
  private static final float LONGEST_LABEL = 0.4f;

  /** What a figure takes of the scale, and what lies between it and its bar. */
  private static final double FIGURE = 0.17;

  private static final double GAP = 0.015;

  private static final Font FONT = liberationSans();
  private static final Color INK = Color.BLACK;

  /** Seen upon white, upon black, and beneath the line. */
  private static final Color BAR = new Color(0x2b8a9c);

  private static final BasicStroke DASHED =
      new BasicStroke(
          1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 2}, 0);

  static {
    // As readers of SVG do: no letter is rounded to whole pixels.
    TextUtils.setUseFontMetricsGetStringBounds(true);
  }

  private BarDrawing() {}

  /** A place in the chart, which two may have labelled alike. */
  private record Row(int number, String label) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      return Integer.compare(number, other.number);
    }

    /** What the library writes beside it. */
    @Override
    public String toString() {
      return label;
    }
  }

  /** The chart as {@link ChartDrawing} promises it. */
  public static String svg(ShareChart chart, Words words) {
    int rows = 1 + chart.bars().size();
    int height = rows * STEP;
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
    context.setComment(null);
    SVGGraphics2D graphics = new SVGGraphics2D(context, words == Words.OUTLINES);
    graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
    JFreeChart drawn = new JFreeChart(null, FONT, plot(chart, labels(rows)), false);
    drawn.setBackgroundPaint(null);
    drawn.setPadding(RectangleInsets.ZERO_INSETS);
    drawn.draw(graphics, new Rectangle(WIDTH, height));
    Element svg = graphics.getRoot();
    svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + height);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", legible(chart.said()));
    return written(svg);
  }

  /** What stands at the line has the first row, each bar one of its own. */
  private static CategoryPlot plot(ShareChart chart, CategoryAxis labels) {
    DefaultCategoryDataset shares = new DefaultCategoryDataset();
    CategoryPlot plot = new CategoryPlot(shares, labels, scale(), bars());
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.addRangeMarker(new ValueMarker(chart.line(), INK, DASHED, null, null, 1));
    Row first = new Row(0, "");
    shares.addValue(null, "", first);
    plot.addAnnotation(text(chart.lineLabel(), first, chart.line()));
    for (Bar bar : chart.bars()) {
      Row row = new Row(shares.getColumnCount(), legible(bar.label()));
      double end = bar.share().orElse(0);
      shares.addValue(end > 0 ? end : null, "", row);
      plot.addAnnotation(text(bar.figure(), row, behind(end, chart.line())));
    }
    return plot;
  }

  private static CategoryAxis labels(int rows) {
    double between = (double) BETWEEN / (rows * STEP);
    CategoryAxis labels = new CategoryAxis();
    labels.setLowerMargin(0);
    labels.setUpperMargin(between);
    labels.setCategoryMargin((rows - 1) * between);
    labels.setMaximumCategoryLabelWidthRatio(LONGEST_LABEL);
    labels.setTickLabelFont(FONT);
    labels.setTickLabelPaint(INK);
    labels.setTickMarksVisible(false);
    labels.setAxisLineVisible(false);
    return labels;
  }

  /** Not seen: every bar says its figure. Its words are measured all the same. */
  private static ValueAxis scale() {
    NumberAxis scale = new NumberAxis();
    scale.setRange(0, 1 + GAP + FIGURE);
    scale.setTickLabelFont(FONT);
    scale.setVisible(false);
    return scale;
  }

  private static BarRenderer bars() {
    BarRenderer bars = new BarRenderer();
    bars.setBarPainter(new StandardBarPainter());
    bars.setShadowVisible(false);
    bars.setDrawBarOutline(false);
    bars.setSeriesPaint(0, BAR);
    return bars;
  }

  /** Where a figure follows: the end of its bar, or the line where that would cross it. */
  private static double behind(double end, double line) {
    return end < line && end + GAP + FIGURE > line ? line : end;
  }

  /** What stands in a row a little behind a place of the scale. */
  private static CategoryTextAnnotation text(String words, Row row, double behind) {
    CategoryTextAnnotation text = new CategoryTextAnnotation(legible(words), row, behind + GAP);
    text.setFont(FONT);
    text.setPaint(INK);
    text.setTextAnchor(TextAnchor.CENTER_LEFT);
    return text;
  }

  /** Without what XML cannot hold, and without what is not seen but turns or joins what is. */
  private static String legible(String text) {
    return text.codePoints()
        .filter(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.UNASSIGNED ->
                      false;
                  default -> true;
                })
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String written(Element svg) {
    DOMImplementationLS writers =
        (DOMImplementationLS) svg.getOwnerDocument().getImplementation().getFeature("LS", "3.0");
    LSSerializer writer = writers.createLSSerializer();
    writer.getDomConfig().setParameter("xml-declaration", false);
    writer.getDomConfig().setParameter("namespaces", false);
    return writer.writeToString(svg);
  }

  private static Font liberationSans() {
    try (InputStream font =
        BarDrawing.class.getResourceAsStream("/liberation/LiberationSans-Regular.ttf")) {
      return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(font))
          .deriveFont((float) FONT_SIZE);
    } catch (FontFormatException | IOException unreadable) {
      throw new IllegalStateException("Liberation Sans of our own jar is not read", unreadable);
    }
  }
}
