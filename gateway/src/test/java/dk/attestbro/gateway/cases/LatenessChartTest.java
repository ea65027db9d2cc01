package dk.attestbro.gateway.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.model.Text;
import dk.attestbro.port.ShareChart;
import dk.attestbro.port.ShareChart.Bar;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LatenessChartTest {
  private static final OptionalDouble MASKED = OptionalDouble.empty();

  @Test
  void showsTheTotalAndThenEachGroupBesideTheBaseline() {
    ShareChart chart =
        chart(Text::da, row(0.7), row(0.8, "Region Midtjylland"), row(MASKED, "Region Syddanmark"));

    assertThat(chart.bars())
        .containsExactly(
            new Bar("Alle", OptionalDouble.of(0.7), "0.7"),
            new Bar("Region Midtjylland", OptionalDouble.of(0.8), "0.8"),
            new Bar("Region Syddanmark", MASKED, "*"));
    assertThat(chart.line()).isEqualTo(0.75);
  }

  @Test
  void saysInTheLanguageOfThePageAllThatItShows() {
    Row total = row(0.7);
    Row group = row(MASKED, "unit-1");

    assertThat(chart(Text::da, total, group).said())
        .isEqualTo("Søjlediagram over andel for sene. Alle: 0.7; unit-1: *. Udgangspunkt 75 %.");
    assertThat(chart(Text::en, total, group).said())
        .isEqualTo("Bar chart of the share of late. All: 0.7; unit-1: *. Baseline 75 %.");
    assertThat(chart(Text::en, total, group).lineLabel()).isEqualTo("Baseline 75 %");
  }

  @Test
  void namesAGroupOfSeveralThingsByAllOfThem() {
    assertThat(chart(Text::en, row(0.7), row(0.8, "Midt", "PSYK125")).bars().get(1).label())
        .isEqualTo("Midt, PSYK125");
  }

  @Test
  void showsNoMoreGroupsThanCanBeRead() {
    Row[] groups = IntStream.range(0, 41).mapToObj(i -> row(0.8, "unit-" + i)).toArray(Row[]::new);

    assertThat(chart(Text::en, row(0.7), groups).bars())
        .hasSize(41)
        .last()
        .matches(bar -> bar.label().equals("unit-39"));
  }

  private static ShareChart chart(Function<Text, String> language, Row total, Row... groups) {
    StatisticsQuery query =
        new StatisticsQuery(
            LocalDate.parse("2026-01-01"),
            LocalDate.parse("2026-12-31"),
            List.of(Dimension.UNIT),
            Instant.parse("2027-01-15T11:00:00Z"),
            Optional.empty());
    return LatenessChart.of(
        new PublishedFigures(query, total, List.of(groups)),
        language,
        share -> share.isPresent() ? String.valueOf(share.getAsDouble()) : "*");
  }

  private static Row row(double share, String... values) {
    return row(OptionalDouble.of(share), values);
  }

  private static Row row(OptionalDouble share, String... values) {
    return new Row(List.of(values), Map.of(), Map.of(), Map.of(), Map.of("shareLate", share));
  }
}
