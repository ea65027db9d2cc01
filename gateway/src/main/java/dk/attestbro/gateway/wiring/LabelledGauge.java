package dk.attestbro.gateway.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A gauge with a value for each set of labels. A value changes in its place: a meter that is
 * removed and made anew while metrics are read can be met twice, and then the reader gets none at
 * all.
 */
final class LabelledGauge {
  private final MeterRegistry meters;
  private final String name;
  private final String description;
  private final Map<Tags, Shown> rows = new HashMap<>();

  LabelledGauge(MeterRegistry meters, String name, String description) {
    this.meters = meters;
    this.name = name;
    this.description = description;
  }

  /** What is to be shown under some labels. */
  record Row(Tags labels, double value) {
    static Row of(Number value, String... labels) {
      return new Row(Tags.of(labels), value.doubleValue());
    }
  }

  private record Shown(Gauge meter, AtomicReference<Double> value) {}

  /** Shows these rows and no others; of two with equal labels the later. */
  synchronized void show(List<Row> now) {
    Map<Tags, Double> wanted = new HashMap<>();
    now.forEach(row -> wanted.put(row.labels(), row.value()));
    rows.entrySet()
        .removeIf(
            known -> {
              boolean gone = !wanted.containsKey(known.getKey());
              if (gone) {
                meters.remove(known.getValue().meter());
              }
              return gone;
            });
    wanted.forEach((labels, value) -> rows.computeIfAbsent(labels, this::made).value().set(value));
  }

  private Shown made(Tags labels) {
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Gauge meter =
        Gauge.builder(name, value, AtomicReference::get)
            .description(description)
            .tags(labels)
            .register(meters);
    return new Shown(meter, value);
  }
}
