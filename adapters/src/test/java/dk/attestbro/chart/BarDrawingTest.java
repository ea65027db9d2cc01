package dk.attestbro.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dk.attestbro.port.ChartDrawing.Words;
import dk.attestbro.port.ShareChart;
import dk.attestbro.port.ShareChart.Bar;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class BarDrawingTest {
  private static final double LINE = 0.75;
  private static final double HALF_A_PIXEL = 0.5;

  @Test
  void everyShareHasABarThatIsAsLongAsItBelowTheOneBefore() throws Exception {
    Element svg = drawn(bar("a", 0.2), bar("b", 1), bar("c", 0.5));

    List<Element> bars = all(svg, "rect");
    assertThat(bars).hasSize(3);
    double whole = number(bars.get(1), "width");
    assertThat(number(bars.get(0), "width")).isCloseTo(0.2 * whole, within(HALF_A_PIXEL));
    assertThat(number(bars.get(2), "width")).isCloseTo(0.5 * whole, within(HALF_A_PIXEL));
    assertThat(bars.stream().map(bar -> number(bar, "x")).distinct()).hasSize(1);
    assertThat(bars.stream().map(bar -> number(bar, "y"))).isSorted().doesNotHaveDuplicates();
    assertThat(texts(svg)).contains("a", "b", "c", "20 %", "100 %", "50 %");
  }

  @Test
  void aShareThatIsNotToldAndOneOfNoughtHaveTheirWordsAndNoBar() throws Exception {
    Element svg = drawn(bar("a", 0.2), new Bar("b", OptionalDouble.empty(), "*"), bar("c", 0));

    assertThat(all(svg, "rect")).hasSize(1);
    assertThat(all(svg, "line")).hasSize(1);
    assertThat(texts(svg)).contains("b", "*", "c", "0 %");
  }

  @Test
  void theLineIsWhereABarOfItsShareEndsAndSaysWhatItIs() throws Exception {
    Element svg = drawn(bar("a", LINE));

    Element bar = all(svg, "rect").get(0);
    assertThat(all(svg, "line"))
        .singleElement()
        .satisfies(
            line -> {
              double end = number(bar, "x") + number(bar, "width");
              assertThat(number(line, "x1")).isCloseTo(end, within(HALF_A_PIXEL));
              assertThat(number(line, "x2")).isCloseTo(end, within(HALF_A_PIXEL));
            });
    assertThat(texts(svg)).contains("Udgangspunkt 75 %");
  }

  @Test
  void aFigureStandsBehindItsBarAndIsNotCrossedByTheLine() throws Exception {
    for (int percent = 1; percent <= 100; percent++) {
      Element svg = drawn(new Bar("a", OptionalDouble.of(percent / 100.0), "100,0 %"));

      Element bar = all(svg, "rect").get(0);
      double line = number(all(svg, "line").get(0), "x1");
      double begins = number(text(svg, "100,0 %"), "x");
      assertThat(begins).isGreaterThan(number(bar, "x") + number(bar, "width"));
      assertThat(begins > line || begins + 45 < line).as("at %d %%", percent).isTrue();
      assertThat(begins + 45).isLessThan(number(svg, "width"));
    }
  }

  @Test
  void noLabelBreaksTheDrawing() throws Exception {
    String hostile = "</text><script>&amp; ]]> \"'<!-- \u0000\u0007\ud800\uffff\u202e --> æøå 中";
    Bar bar = new Bar(hostile, OptionalDouble.of(0.5), hostile);

    String svg = BarDrawing.svg(new ShareChart(hostile, List.of(bar), LINE, hostile), Words.TEXT);

    String legible = "</text><script>&amp; ]]> \"'<!--  --> æøå 中";
    Element parsed = parsed(svg);
    assertThat(texts(parsed)).contains(legible);
    assertThat(parsed.getAttribute("aria-label")).isEqualTo(legible);
    assertThat(svg).doesNotContain("<script");
  }

  @Test
  void aLongLabelIsShortenedBesideItsBar() throws Exception {
    Element svg = drawn(bar("Psykiatrisk enhed ".repeat(20), 0.5), bar("x".repeat(300), 0.5));

    assertThat(texts(svg)).filteredOn(text -> text.startsWith("Psykiatrisk")).hasSize(1);
    assertThat(texts(svg)).allMatch(text -> text.length() < 60);
    assertThat(number(all(svg, "rect").get(0), "x")).isLessThan(number(svg, "width") / 2);
  }

  @Test
  void twoOfOneNameAreTwoBars() throws Exception {
    Element svg = drawn(bar("same", 0.5), bar("same", 0.6));

    assertThat(all(svg, "rect")).hasSize(2);
    assertThat(texts(svg)).contains("50 %", "60 %");
  }

  @Test
  void standsInAPageWithoutStylesAndReferencesAndSaysWhatItShows() throws Exception {
    String svg = BarDrawing.svg(chart(bar("a", 0.5)), Words.TEXT);

    assertThat(svg).startsWith("<svg ").doesNotContain(" style=", "href", "<?", "<!");
    Element parsed = parsed(svg);
    assertThat(parsed.getAttribute("role")).isEqualTo("img");
    assertThat(parsed.getAttribute("aria-label")).isEqualTo("Søjler");
    assertThat(parsed.getAttribute("viewBox"))
        .isEqualTo("0 0 " + parsed.getAttribute("width") + " " + parsed.getAttribute("height"));
  }

  @Test
  void aBarIsAsThickAmongManyAsAlone() throws Exception {
    double alone = number(all(drawn(bars(1)), "rect").get(0), "height");

    assertThat(all(drawn(bars(41)), "rect"))
        .hasSize(41)
        .allSatisfy(
            bar -> assertThat(number(bar, "height")).isCloseTo(alone, within(HALF_A_PIXEL)));
  }

  @Test
  void theSameChartGivesTheSameDrawing() {
    for (Words words : Words.values()) {
      assertThat(BarDrawing.svg(chart(bars(5)), words))
          .isEqualTo(BarDrawing.svg(chart(bars(5)), words));
    }
  }

  @Test
  void asOutlinesWordsNeedNoFontAndStandWhereTheyStandAsText() throws Exception {
    Element text = drawn(bar("unit", 0.5));
    Element outlines = parsed(BarDrawing.svg(chart(bar("unit", 0.5)), Words.OUTLINES));

    assertThat(all(outlines, "text")).isEmpty();
    assertThat(all(outlines, "path")).hasSizeGreaterThan(all(text, "path").size());
    assertThat(number(all(outlines, "rect").get(0), "x"))
        .isEqualTo(number(all(text, "rect").get(0), "x"));
    assertThat(outlines.getAttribute("aria-label")).isEqualTo("Søjler");
  }

  private static Bar[] bars(int count) {
    return IntStream.range(0, count).mapToObj(i -> bar("unit-" + i, 0.5)).toArray(Bar[]::new);
  }

  private static Bar bar(String label, double share) {
    return new Bar(label, OptionalDouble.of(share), Math.round(100 * share) + " %");
  }

  private static ShareChart chart(Bar... bars) {
    return new ShareChart("Søjler", List.of(bars), LINE, "Udgangspunkt 75 %");
  }

  private static Element drawn(Bar... bars) throws Exception {
    return parsed(BarDrawing.svg(chart(bars), Words.TEXT));
  }

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  private static List<Element> all(Element svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static List<String> texts(Element svg) {
    return all(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static Element text(Element svg, String content) {
    return all(svg, "text").stream()
        .filter(text -> text.getTextContent().equals(content))
        .findFirst()
        .orElseThrow();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
