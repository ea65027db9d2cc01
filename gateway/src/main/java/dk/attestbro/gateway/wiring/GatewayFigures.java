package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.Alerts;
import dk.attestbro.gateway.journey.Circuits;
import dk.attestbro.gateway.journey.StuckLetters;
import dk.attestbro.gateway.wiring.LabelledGauge.Row;
import dk.attestbro.jdbc.JdbcRecords;
import dk.attestbro.model.Circuit;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.QueueFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The figures that operations watch: letters, queues, stuck letters, certificates, private-key
 * operations; and the alarms, as log lines, a counter and alerts. Tags are codes and party ids,
 * never a person's.
 */
@Component
final class GatewayFigures implements Alarms {
  private static final Logger LOG = LoggerFactory.getLogger("dk.attestbro.alarm");

  private final MeterRegistry meters;
  private final Alerts alerts;
  private final JdbcRecords records;
  private final Circuits circuits;
  private final CertificateEnds certificates;
  private final Clock clock;
  private final LabelledGauge letters;
  private final LabelledGauge queueDepth;
  private final LabelledGauge queueAge;
  private final LabelledGauge inFlight;
  private final LabelledGauge waitingForRetry;
  private final LabelledGauge awaiting;
  private final LabelledGauge paused;
  private final LabelledGauge circuit;
  private final LabelledGauge certificateDays;
  private final StuckLetters stuckLetters;
  private final AtomicInteger stuck = new AtomicInteger();

  GatewayFigures(
      MeterRegistry meters,
      JdbcRecords records,
      Circuits circuits,
      CertificateEnds certificates,
      PrivateKeyOperations operations,
      GatewaySettings settings,
      Alerts alerts,
      Clock clock) {
    this.meters = meters;
    this.alerts = alerts;
    this.records = records;
    this.circuits = circuits;
    this.certificates = certificates;
    this.stuckLetters = new StuckLetters(records, circuits, settings.stuckAfter(), this, clock);
    this.clock = clock;
    letters = gauge("attestbro.letters", "Letters by event and status");
    queueDepth = gauge("attestbro.queue.depth", "Letters not yet delivered, by party");
    queueAge = gauge("attestbro.queue.oldest.seconds", "Age of the oldest undelivered letter");
    inFlight = gauge("attestbro.queue.in.flight", "Letters being delivered, by party");
    waitingForRetry = gauge("attestbro.queue.retries", "Letters waiting for their next attempt");
    awaiting = gauge("attestbro.queue.awaiting", "Letters waiting for their acknowledgement");
    paused = gauge("attestbro.queue.paused", "1 where operations paused the party");
    circuit = gauge("attestbro.queue.circuit", "1 where the circuit is open: the party is probed");
    certificateDays = gauge("attestbro.certificate.days", "Days until a certificate expires");
    Gauge.builder("attestbro.letters.stuck", stuck, AtomicInteger::get)
        .description("Letters that move no more and have not ended: must be 0")
        .register(meters);
    // Counted from 0, so that the first one of its kind shows as an increase.
    CODES.forEach(this::alarms);
    for (PrivateKeyOperations.Kind kind : PrivateKeyOperations.Kind.values()) {
      FunctionCounter.builder("attestbro.private.key.operations", operations, o -> o.of(kind))
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
  }

  @Override
  public void raise(TimelineCode code, String subject, String detail) {
    alarms(code).increment();
    LOG.warn("{} {} {}: {}", code, subject, detail, code.text().en());
    alerts.gather(code, subject, detail);
  }

  private Counter alarms(TimelineCode code) {
    return meters.counter("attestbro.alarms", "code", code.name());
  }

  /** How many letters were stuck when that was last looked at. */
  int stuck() {
    return stuck.get();
  }

  /** Reads everything anew. */
  void read() {
    Instant now = clock.instant();
    letters.show(
        records.letterCounts().entrySet().stream()
            .map(
                e ->
                    Row.of(
                        e.getValue(),
                        "event",
                        e.getKey().event(),
                        "status",
                        e.getKey().status().shown()))
            .toList());
    queues(records.figures(now), now);
    certificates(now);
    stuck.set(stuckLetters.look());
  }

  private void queues(List<QueueFigures> figures, Instant now) {
    List<Row> depths = new ArrayList<>();
    List<Row> ages = new ArrayList<>();
    List<Row> flights = new ArrayList<>();
    List<Row> retries = new ArrayList<>();
    List<Row> waits = new ArrayList<>();
    List<Row> pauses = new ArrayList<>();
    List<Row> open = new ArrayList<>();
    for (QueueFigures queue : figures) {
      String party = queue.party().value();
      long age = queue.oldest().map(o -> Duration.between(o, now).toSeconds()).orElse(0L);
      depths.add(Row.of(queue.depth(), "party", party));
      ages.add(Row.of(age, "party", party));
      flights.add(Row.of(queue.inFlight(), "party", party));
      retries.add(Row.of(queue.waitingForRetry(), "party", party));
      waits.add(Row.of(queue.awaitingAcknowledgement(), "party", party));
      pauses.add(Row.of(queue.paused() ? 1 : 0, "party", party));
      boolean closed = circuits.of(queue.party()).state() == Circuit.State.CLOSED;
      open.add(Row.of(closed ? 0 : 1, "party", party));
    }
    queueDepth.show(depths);
    queueAge.show(ages);
    inFlight.show(flights);
    waitingForRetry.show(retries);
    awaiting.show(waits);
    paused.show(pauses);
    circuit.show(open);
  }

  private void certificates(Instant now) {
    certificateDays.show(
        certificates.all().stream()
            .map(end -> Row.of(end.daysLeft(now), "party", end.party(), "use", end.use()))
            .toList());
  }

  private LabelledGauge gauge(String name, String description) {
    return new LabelledGauge(meters, name, description);
  }
}
