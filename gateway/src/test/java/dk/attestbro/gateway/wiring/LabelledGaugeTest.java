package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.wiring.LabelledGauge.Row;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledGaugeTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LabelledGauge gauge = new LabelledGauge(meters, "attestbro.some", "Some");

  @Test
  void showsTheLastValuesAndTakesAwayWhatIsGone() {
    gauge.show(List.of(Row.of(1, "party", "a"), Row.of(2, "party", "b")));
    gauge.show(List.of(Row.of(3, "party", "b"), Row.of(4, "party", "c")));

    assertThat(meters.get("attestbro.some").gauges())
        .extracting(each -> each.getId().getTag("party") + each.value())
        .containsExactlyInAnyOrder("b3.0", "c4.0");
  }

  @Test
  void keepsItsMetersWhileTheirValuesChange() {
    gauge.show(rows(0));
    List<Gauge> before = List.copyOf(meters.get("attestbro.some").gauges());

    gauge.show(rows(7));

    assertThat(meters.get("attestbro.some").gauges()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(before).allMatch(each -> each.value() == 7);
  }

  @Test
  void canBeReadWhileItChanges() {
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(() -> IntStream.range(0, 300).forEach(i -> gauge.show(rows(i))));

    do {
      assertThat(meters.scrape()).isNotNull();
    } while (!changes.isDone());
    changes.join();
  }

  private static List<Row> rows(int value) {
    return IntStream.range(0, 40)
        .mapToObj(i -> Row.of(value, "event", "e" + i % 14, "status", "s" + i / 14))
        .toList();
  }
}
