package dk.attestbro.gateway.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.chart.BarDrawing;
import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.pdf.PdfDocument;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PublishFiguresTest {
  private final StatisticsFigures.Builder exact =
      new StatisticsFigures.Builder(
          new StatisticsQuery(
              LocalDate.parse("2026-01-01"),
              LocalDate.parse("2026-12-31"),
              List.of(Dimension.UNIT),
              Instant.parse("2027-01-15T11:00:00Z"),
              Optional.empty()));

  private PublishedFigures published() {
    return PublishFigures.published(exact.build());
  }

  private void replied(String unit, long onTime, long late) {
    exact.of(List.of(unit)).replied(Optional.of(10L), 0, 0, onTime);
    exact.of(List.of(unit)).replied(Optional.of(20L), 0, 6, late);
  }

  @Test
  void derivesTheShareOfLateness() {
    replied("a", 10, 20);
    exact.of(List.of("a")).open(3, 10);
    Row total = published().total();
    assertThat(total.masked()).isFalse();
    assertThat(total.counts()).containsEntry("due", OptionalLong.of(40));
    assertThat(total.derived().get("shareLate")).hasValue(0.75);
    assertThat(total.derived().get("medianDaysToReply")).hasValue(20);
    assertThat(total.derived().get("medianDaysLate")).hasValue(6);
  }

  @Test
  void hidesAnotherPartWhereASumWouldTellTheSmallOne() {
    replied("a", 20, 2);
    Row total = published().total();
    assertThat(total.counts().get("late")).isEmpty();
    assertThat(total.counts().get("onTime")).as("22 - 20").isEmpty();
    assertThat(total.counts().get("replies")).hasValue(22);
    assertThat(total.derived().get("shareLate")).isEmpty();
  }

  @Test
  void hidesASecondGroupWhereTheTotalWouldTellTheSmallOne() {
    exact.of(List.of("a")).requests(Optional.empty(), 3);
    exact.of(List.of("b")).requests(Optional.empty(), 50);
    exact.of(List.of("c")).requests(Optional.empty(), 9);
    PublishedFigures figures = published();
    assertThat(figures.total().counts().get("requests")).hasValue(62);
    assertThat(figures.groups().get(0).counts().get("requests")).isEmpty();
    assertThat(figures.groups().get(1).counts().get("requests")).hasValue(50);
    assertThat(figures.groups().get(2).counts().get("requests")).isEmpty();
  }

  @Test
  void hidesTheTotalWhereOneGroupIsAll() {
    exact.of(List.of("a")).requests(Optional.of(5L), 3);
    PublishedFigures figures = published();
    assertThat(figures.total().counts().get("requests")).isEmpty();
    assertThat(figures.total().derived().get("medianSecondsToAcknowledgement")).isEmpty();
  }

  @Test
  void tellsTheShareDeliveredWithoutManualStepEvenWhereFewTookOne() {
    exact.of(List.of("a")).requests(Optional.of(5L), 40);
    exact.of(List.of("a")).tookManualStep(2);
    Row total = published().total();
    assertThat(total.counts().get("delivered")).hasValue(40);
    assertThat(total.counts().get("deliveredWithoutManualStep")).hasValue(38);
    assertThat(total.derived().get("shareDeliveredWithoutManualStep")).hasValue(0.95);
  }

  @Test
  void showsNoughtAsNought() {
    exact.of(List.of("a")).requests(Optional.empty(), 30);
    assertThat(published().total().counts().get("late")).hasValue(0);
  }

  @Test
  void writesCsvThatNoSpreadsheetTakesForAFormula() {
    replied("a;b", 20, 30);
    exact.of(List.of("a;b")).ended("=SUM(A1)", 8);
    String csv = StatisticsCsv.of(published());
    assertThat(csv.split("\r\n")).hasSize(3);
    assertThat(csv).contains(";returned_=SUM(A1);", ";\"a;b\";", ";0.6;");
    assertThat(StatisticsCsv.cell("=1+1")).isEqualTo("\"'=1+1\"");
    assertThat(StatisticsCsv.cell("-1.5")).isEqualTo("-1.5");
    assertThat(StatisticsCsv.cell("a\"b")).isEqualTo("\"a\"\"b\"");
  }

  @Test
  void makesAPageThatBecomesAPdf() {
    replied("psychiatry-midt", 20, 60);
    replied("<&\">", 2, 60);
    exact.of(List.of("psychiatry-midt")).ended("NOT_OUR_PATIENT", 8);
    String page = StatisticsPage.of(published(), BarDrawing::svg);
    assertThat(page)
        .contains(
            "lang=\"da\"", "<title>", "<th scope=\"col\">", "aria-label=\"Søjlediagram", "75 %")
        .contains("&lt;&amp;&quot;&gt;")
        .doesNotContain("<&\">");
    byte[] pdf = PdfDocument.render(page);
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(PdfDocument.render(page)).isEqualTo(pdf);
  }
}
