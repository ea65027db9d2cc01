package dk.attestbro.gateway.cases;

import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Text;
import dk.attestbro.port.ChartDrawing;
import dk.attestbro.port.ChartDrawing.Words;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures as a page in Danish, with bar charts, that a screen reader reads from top to bottom. */
public final class StatisticsPage {
  /** A page of more groups would be longer than anyone reads, and long to make. */
  public static final int MOST_GROUPS = 500;

  private static final String MASKED = "*";
  private static final String NONE = "–";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d. MMMM yyyy", Locale.forLanguageTag("da"));
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d. MMMM yyyy 'kl.' HH.mm.ss", Locale.forLanguageTag("da"));
  private static final DateTimeFormatter PDF_DATE =
      DateTimeFormatter.ofPattern("'D:'yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Map<Dimension, String> DIMENSIONS =
      Map.of(
          Dimension.REGION, "Region",
          Dimension.MUNICIPALITY, "Kommune",
          Dimension.UNIT, "Psykiatrisk enhed",
          Dimension.FORM, "Blanket");

  private static final List<Line> LINES =
      List.of(
          new Line("requests", "Anmodninger sendt i perioden"),
          new Line("delivered", "Heraf bevisligt modtaget"),
          new Line("deliveredWithoutManualStep", "Modtaget uden manuelle skridt i sagen"),
          new Line("due", "Forfaldne attester (besvarede og åbne over fristen)"),
          new Line("replies", "Besvarede"),
          new Line("onTime", "Besvaret til tiden"),
          new Line("late", "Besvaret for sent"),
          new Line("openOverdue", "Åbne over fristen"),
          new Line("lateOrOverdue", "For sene i alt"),
          new Line("openNotDue", "Åbne, ikke forfaldne"),
          new Line("returned", "Returneret af psykiatrien"),
          new Line("cancelled", "Annulleret af kommunen"),
          new Line("consentEnded", "Samtykke trukket tilbage eller udløbet"),
          new Line("concluded", "Afsluttede i alt"),
          new Line("interimReplies", "Foreløbige svar"),
          new Line("questions", "Afklarende spørgsmål"),
          new Line("dischargeNotices", "Varsler om udskrivning"),
          new Line("noticedBeforeDischarge", "Varslet før udskrivningsdagen"),
          new Line("noticedOnOrAfterDischarge", "Varslet på udskrivningsdagen eller senere"),
          new Line("withoutMentorOutcome", "Varsler uden udfald om mentor"));

  private static final List<Line> DERIVED =
      List.of(
          new Line("shareLate", "Andel for sene"),
          new Line("medianDaysToReply", "Dage til svar, median"),
          new Line("meanDaysToReply", "Dage til svar, gennemsnit"),
          new Line("p90DaysToReply", "Dage til svar, 90 %-fraktil"),
          new Line("medianNetDaysToReply", "Dage til svar uden pauser, median"),
          new Line("medianDaysLate", "Dage over fristen, median"),
          new Line("shareReturned", "Andel returnerede"),
          new Line("shareCancelled", "Andel annullerede"),
          new Line("remindersPerCase", "Rykkere pr. sag"),
          new Line("medianDaysCaseStartToRequest", "Dage fra sagens start til anmodning, median"),
          new Line("shareDeliveredWithoutManualStep", "Andel modtaget uden manuelle skridt"),
          new Line("medianSecondsToAcknowledgement", "Sekunder til kvittering, median"),
          new Line("p90SecondsToAcknowledgement", "Sekunder til kvittering, 90 %-fraktil"));

  private final PublishedFigures figures;
  private final ChartDrawing charts;
  private final StringBuilder page = new StringBuilder();

  private StatisticsPage(PublishedFigures figures, ChartDrawing charts) {
    this.figures = figures;
    this.charts = charts;
  }

  /** A figure and what it is called. */
  private record Line(String name, String label) {}

  /** The page as well-formed XHTML. */
  public static String of(PublishedFigures figures, ChartDrawing charts) {
    return new StatisticsPage(figures, charts).written();
  }

  private String written() {
    StatisticsQuery query = figures.query();
    String period = day(query.from()) + " til " + day(query.to());
    page.append("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"da\" xml:lang=\"da\"><head>");
    element("title", "Attester mellem kommuner og psykiatri: " + period);
    page.append("<meta name=\"description\" content=\"Tal for attester, ")
        .append(escaped(period))
        .append("\"/><meta name=\"CreationDate\" content=\"")
        .append(PDF_DATE.format(query.cutoff()))
        .append("\"/><style>")
        .append(
            """
            @page { size: A4 landscape; margin: 15mm }
            body { font-family: 'Liberation Sans', sans-serif; font-size: 9pt }
            table { border-collapse: collapse; width: 100%; margin-bottom: 6mm;
              -fs-table-paginate: paginate }
            th, td { border: 0.5pt solid #555; padding: 1mm 1.5mm; text-align: left }
            td.number, th.number { text-align: right }
            td.number { white-space: nowrap }
            div { page-break-inside: avoid }
            svg { display: block; max-height: 155mm }
            h2 { page-break-after: avoid }
            tr { page-break-inside: avoid }
            """)
        .append("</style></head><body>");
    element("h1", "Attester mellem kommuner og psykiatri");
    element("p", "Periode: " + period + ". Opgjort som sagerne stod " + moment(query.cutoff()));
    element(
        "p",
        MASKED
            + " står for et tal fra 1 til 4, eller et tal der ville røbe et sådant. "
            + NONE
            + " står for et tal, der ikke kan beregnes eller har færre end 5 sager bag sig."
            + " Andel for sene er for sent besvarede og åbne over fristen af alle forfaldne.");
    element("h2", "Tal for hele perioden");
    totals();
    chart();
    if (!figures.groups().isEmpty()) {
      element("h2", "Fordelt på " + by().toLowerCase(Locale.forLanguageTag("da")));
      groups();
    }
    codes("Returneret, efter grund", "Grund", figures.total().returnedByReason());
    codes("Udfald af tilbud om mentor", "Udfald", figures.total().mentorOutcomes());
    return page.append("</body></html>").toString();
  }

  private void totals() {
    page.append("<table><thead><tr><th scope=\"col\">Tal</th>")
        .append("<th scope=\"col\" class=\"number\">Værdi</th></tr></thead><tbody>");
    Row total = figures.total();
    LINES.forEach(line -> row(line.label(), text(total.counts().get(line.name()))));
    DERIVED.forEach(line -> row(line.label(), derived(total, line.name())));
    page.append("</tbody></table>");
  }

  private void row(String label, String value) {
    page.append("<tr><th scope=\"row\">").append(escaped(label)).append("</th>");
    number(value);
    page.append("</tr>");
  }

  private void groups() {
    List<Line> counts =
        LINES.stream()
            .filter(
                line ->
                    List.of("requests", "due", "onTime", "lateOrOverdue", "returned", "cancelled")
                        .contains(line.name()))
            .toList();
    List<Line> derived =
        DERIVED.stream()
            .filter(
                line ->
                    List.of(
                            "shareLate",
                            "medianDaysToReply",
                            "p90DaysToReply",
                            "medianDaysLate",
                            "medianDaysCaseStartToRequest")
                        .contains(line.name()))
            .toList();
    page.append("<table><thead><tr>");
    figures.query().by().forEach(by -> header(DIMENSIONS.getOrDefault(by, ""), ""));
    counts.forEach(line -> header(line.label(), " class=\"number\""));
    derived.forEach(line -> header(line.label(), " class=\"number\""));
    page.append("</tr></thead><tbody>");
    for (Row group : figures.groups()) {
      page.append("<tr>");
      group
          .values()
          .forEach(
              value -> page.append("<th scope=\"row\">").append(escaped(value)).append("</th>"));
      counts.forEach(line -> number(text(group.counts().get(line.name()))));
      derived.forEach(line -> number(derived(group, line.name())));
      page.append("</tr>");
    }
    page.append("</tbody></table>");
  }

  private void codes(String heading, String what, Map<String, OptionalLong> counts) {
    if (counts.isEmpty()) {
      return;
    }
    element("h2", heading);
    page.append("<table><thead><tr>");
    header(what, "");
    header("Antal", " class=\"number\"");
    page.append("</tr></thead><tbody>");
    counts.forEach((code, count) -> row(code, text(count)));
    page.append("</tbody></table>");
  }

  /** The share of lateness of the total and of each group, against the baseline, on one sheet. */
  private void chart() {
    page.append("<div>");
    element("h2", "Andel for sene, med udgangspunktet 75 % som linje");
    int most = LatenessChart.MOST_GROUPS;
    if (figures.groups().size() > most) {
      element("p", "Søjlerne viser de første " + most + " grupper; tabellen viser alle.");
    }
    page.append(
        charts.svg(LatenessChart.of(figures, Text::da, StatisticsPage::percent), Words.OUTLINES));
    page.append("</div>");
  }

  private String by() {
    return figures.query().by().stream()
        .map(dimension -> DIMENSIONS.getOrDefault(dimension, ""))
        .collect(Collectors.joining(", "));
  }

  private void header(String label, String attributes) {
    page.append("<th scope=\"col\"").append(attributes).append('>');
    page.append(escaped(label)).append("</th>");
  }

  private void number(String value) {
    page.append("<td class=\"number\">").append(escaped(value)).append("</td>");
  }

  private void element(String name, String text) {
    page.append('<').append(name).append('>').append(escaped(text));
    page.append("</").append(name).append('>');
  }

  private static String text(OptionalLong count) {
    return count.isPresent() ? Long.toString(count.getAsLong()) : MASKED;
  }

  private static String derived(Row row, String name) {
    OptionalDouble figure = row.derived().get(name);
    if (name.startsWith("share")) {
      return percent(figure);
    }
    return figure.isEmpty()
        ? NONE
        : String.format(Locale.forLanguageTag("da"), "%.1f", figure.getAsDouble());
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty()
        ? NONE
        : String.format(Locale.forLanguageTag("da"), "%.1f %%", share.getAsDouble() * 100);
  }

  private static String day(LocalDate date) {
    return DAY.format(date);
  }

  private static String moment(Instant cutoff) {
    return MOMENT.format(cutoff.atZone(DeadlineRule.ZONE)) + ".";
  }

  /** Text of XML; what XML cannot hold is left out. */
  private static String escaped(String text) {
    return IntStream.of(text.codePoints().toArray())
        .filter(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF)
        .mapToObj(
            c ->
                switch (c) {
                  case '&' -> "&amp;";
                  case '<' -> "&lt;";
                  case '>' -> "&gt;";
                  case '"' -> "&quot;";
                  default -> Character.toString(c);
                })
        .collect(Collectors.joining());
  }
}
