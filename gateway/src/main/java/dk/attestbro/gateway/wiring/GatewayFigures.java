package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CertificateDates;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.StuckLetters;
import dk.attestbro.jdbc.JdbcRecords;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Party;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.QueueFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The figures that operations watch: letters, queues, stuck letters, certificates, private-key
 * operations; and the alarms, as log lines and a counter. Tags are codes and party ids, never a
 * person's.
 */
@Component
final class GatewayFigures implements Alarms {
  private static final Logger LOG = LoggerFactory.getLogger("dk.attestbro.alarm");

  /** Counted from 0, so that the first one of its kind shows as an increase. */
  private static final List<TimelineCode> ALARMS =
      List.of(
          TimelineCode.DEAD,
          TimelineCode.DELIVERY_FAILED,
          TimelineCode.STUCK,
          TimelineCode.ACKNOWLEDGEMENT_CONTRADICTED,
          TimelineCode.ACKNOWLEDGEMENT_REJECTED,
          TimelineCode.CHANNEL_IN_TROUBLE,
          TimelineCode.CHANNEL_REFUSED,
          TimelineCode.ESCALATED,
          TimelineCode.EVIDENCE_NOT_ANCHORED,
          TimelineCode.MAIL_TO_BE_SORTED,
          TimelineCode.ATTACHMENT_HARMFUL,
          TimelineCode.SCAN_UNAVAILABLE);

  private final MeterRegistry meters;
  private final JdbcRecords records;
  private final DirectorySource directory;
  private final GatewayKeys keys;
  private final Clock clock;
  private final MultiGauge letters;
  private final MultiGauge queueDepth;
  private final MultiGauge queueAge;
  private final MultiGauge inFlight;
  private final MultiGauge waitingForRetry;
  private final MultiGauge awaiting;
  private final MultiGauge paused;
  private final MultiGauge certificateDays;
  private final StuckLetters stuckLetters;
  private final AtomicInteger stuck = new AtomicInteger();

  GatewayFigures(
      MeterRegistry meters,
      JdbcRecords records,
      DirectorySource directory,
      GatewayKeys keys,
      PrivateKeyOperations operations,
      GatewaySettings settings,
      Clock clock) {
    this.meters = meters;
    this.records = records;
    this.directory = directory;
    this.keys = keys;
    this.stuckLetters = new StuckLetters(records, settings.stuckAfter(), this, clock);
    this.clock = clock;
    letters = gauge("attestbro.letters", "Letters by event and status");
    queueDepth = gauge("attestbro.queue.depth", "Letters not yet delivered, by party");
    queueAge = gauge("attestbro.queue.oldest.seconds", "Age of the oldest undelivered letter");
    inFlight = gauge("attestbro.queue.in.flight", "Letters being delivered, by party");
    waitingForRetry = gauge("attestbro.queue.retries", "Letters waiting for their next attempt");
    awaiting = gauge("attestbro.queue.awaiting", "Letters waiting for their acknowledgement");
    paused = gauge("attestbro.queue.paused", "1 where operations paused the party");
    certificateDays = gauge("attestbro.certificate.days", "Days until a certificate expires");
    Gauge.builder("attestbro.letters.stuck", stuck, AtomicInteger::get)
        .description("Letters that move no more and have not ended: must be 0")
        .register(meters);
    ALARMS.forEach(this::alarms);
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
  }

  private Counter alarms(TimelineCode code) {
    return meters.counter("attestbro.alarms", "code", code.name());
  }

  /** Reads everything anew. */
  void read() {
    Instant now = clock.instant();
    letters.register(
        records.letterCounts().entrySet().stream()
            .map(
                e ->
                    row(
                        e.getValue(),
                        "event",
                        e.getKey().event(),
                        "status",
                        e.getKey().status().shown()))
            .toList(),
        true);
    queues(records.figures(now), now);
    certificates(now);
    stuck.set(stuckLetters.look());
  }

  private void queues(List<QueueFigures> figures, Instant now) {
    List<MultiGauge.Row<?>> depths = new ArrayList<>();
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    List<MultiGauge.Row<?>> flights = new ArrayList<>();
    List<MultiGauge.Row<?>> retries = new ArrayList<>();
    List<MultiGauge.Row<?>> waits = new ArrayList<>();
    List<MultiGauge.Row<?>> pauses = new ArrayList<>();
    for (QueueFigures queue : figures) {
      String party = queue.party().value();
      long age = queue.oldest().map(o -> Duration.between(o, now).toSeconds()).orElse(0L);
      depths.add(row(queue.depth(), "party", party));
      ages.add(row(age, "party", party));
      flights.add(row(queue.inFlight(), "party", party));
      retries.add(row(queue.waitingForRetry(), "party", party));
      waits.add(row(queue.awaitingAcknowledgement(), "party", party));
      pauses.add(row(queue.paused() ? 1 : 0, "party", party));
    }
    queueDepth.register(depths, true);
    queueAge.register(ages, true);
    inFlight.register(flights, true);
    waitingForRetry.register(retries, true);
    awaiting.register(waits, true);
    paused.register(pauses, true);
  }

  private void certificates(Instant now) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Map.Entry<String, Certificate> own : keys.certificates().entrySet()) {
      rows.add(days(own.getValue(), now, "gateway", own.getKey()));
    }
    for (Party party : directory.current().parties()) {
      String id = party.id().value();
      party
          .endpoint()
          .flatMap(e -> e.encryptTo())
          .ifPresent(c -> rows.add(days(c, now, id, "encryptTo")));
      for (int i = 0; i < party.signers().size(); i++) {
        rows.add(days(party.signers().get(i), now, id, "signer-" + (i + 1)));
      }
    }
    certificateDays.register(rows, true);
  }

  private static MultiGauge.Row<?> days(
      Certificate certificate, Instant now, String party, String use) {
    return row(CertificateDates.of(certificate).daysLeft(now), "party", party, "use", use);
  }

  private static MultiGauge.Row<?> row(Number value, String... tags) {
    return MultiGauge.Row.of(Tags.of(tags), value);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(meters);
  }
}
