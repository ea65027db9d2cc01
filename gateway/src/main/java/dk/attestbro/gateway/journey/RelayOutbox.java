package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryRules;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.RetryPolicy;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MessageProtection.CertificateUnusable;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.ProtectedMessage;
import dk.attestbro.port.Records;
import dk.attestbro.port.SealedContent;
import dk.attestbro.port.TransmissionQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves rows that are due to the queue: protects the letter for its receiver, notes the hand-over
 * with a lease, and sends. A crash between the note and the broker is mended by the lease: the row
 * is due again.
 */
public final class RelayOutbox {
  private static final int BATCH_BYTES = 4 * 1024 * 1024;
  private static final Duration UNREACHABLE_DELAY = Duration.ofMinutes(1);

  private final Outbox outbox;
  private final Records records;
  private final DirectorySource directory;
  private final ContentSealing sealing;
  private final ProtectLetter protection;
  private final TransmissionQueue queue;
  private final Circuits circuits;
  private final JourneySettings settings;
  private final Alarms alarms;
  private final Clock clock;

  public RelayOutbox(
      Outbox outbox,
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      ProtectLetter protection,
      TransmissionQueue queue,
      Circuits circuits,
      JourneySettings settings,
      Alarms alarms,
      Clock clock) {
    this.outbox = outbox;
    this.records = records;
    this.directory = directory;
    this.sealing = sealing;
    this.protection = protection;
    this.queue = queue;
    this.circuits = circuits;
    this.settings = settings;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Hands over everything that is due now. */
  public void all() {
    while (due() == settings.batch()) {
      // A full batch: more may be due.
    }
  }

  /** Hands over what is due now, one batch at most; returns how many rows were due. */
  public int due() {
    List<OutboxRow> rows =
        outbox.due(clock.instant(), circuits.window(settings.underWayPerParty()), settings.batch());
    Map<LetterRef, Letter> letters =
        rows.isEmpty() ? Map.of() : records.letters(rows.stream().map(OutboxRow::letter).toList());
    List<HandOver> batch = new ArrayList<>();
    long bytes = 0;
    for (OutboxRow row : rows) {
      Optional<HandOver> ready = prepare(row, letters);
      if (ready.isPresent()) {
        batch.add(ready.get());
        bytes += ready.get().message().body().length;
      }
      if (bytes > BATCH_BYTES) {
        handOver(batch);
        batch.clear();
        bytes = 0;
      }
    }
    handOver(batch);
    return rows.size();
  }

  private record HandOver(Letter letter, OutboxRow row, ProtectedMessage message) {}

  private Optional<HandOver> prepare(OutboxRow row, Map<LetterRef, Letter> letters) {
    Letter letter = Optional.ofNullable(letters.get(row.letter())).orElseThrow();
    Optional<Party> receiver = directory.current().party(row.receiver());
    Optional<Instant> fallbackAt = receiver.flatMap(party -> party.fallbackAt(letter));
    Optional<OutboxRow> toFallback =
        receiver.flatMap(p -> DeliveryRules.toFallback(row, letter, p, clock.instant()));
    if (toFallback.isPresent()) {
      takeFallback(letter, toFallback.get());
      return Optional.empty();
    }
    Optional<Endpoint> endpoint = receiver.flatMap(party -> party.endpointOf(row));
    if (endpoint.isEmpty()) {
      putOff(letter, row, "RECEIVER_HAS_NO_ENDPOINT", new RetryPolicy(List.of()), fallbackAt);
      return Optional.empty();
    }
    Optional<SealedContent> held = records.content(row.letter());
    if (held.isEmpty()) {
      putOff(letter, row, "CONTENT_NOT_HELD", endpoint.get().retry(), fallbackAt);
      return Optional.empty();
    }
    try {
      return Optional.of(
          new HandOver(
              letter, row, protect(letter, row, receiver.get(), endpoint.get(), held.get())));
    } catch (CertificateUnusable unusable) {
      putOff(
          letter, row, String.valueOf(unusable.getMessage()), endpoint.get().retry(), fallbackAt);
      return Optional.empty();
    } catch (IllegalStateException unopened) {
      // What cannot be opened must not hold up what comes after it.
      putOff(letter, row, "CONTENT_NOT_OPENED", endpoint.get().retry(), fallbackAt);
      return Optional.empty();
    }
  }

  /** The row is due at once, and protected for the fallback the next time round. */
  private void takeFallback(Letter letter, OutboxRow row) {
    Change.Builder change = new Change.Builder();
    change.add(new Change.UpdateRow(row));
    change.add(
        LetterWrites.note(
            letter, row.dueAt(), TimelineCode.FALLBACK_TAKEN, row.bundleId().value()));
    records.commit(change.build());
  }

  private ProtectedMessage protect(
      Letter letter, OutboxRow row, Party receiver, Endpoint endpoint, SealedContent held) {
    boolean toCertificate =
        endpoint.channel() != Endpoint.Channel.INBOX && endpoint.encryptTo().isPresent();
    return new ProtectedMessage(
        row.letter(),
        row.bundleId(),
        row.receiver(),
        row.stored().version(),
        EndpointMark.of(endpoint),
        toCertificate ? MediaType.CMS : held.mediaType(),
        toCertificate
            ? protection.protect(
                new Delivery(
                    receiver, endpoint, letter, row.bundleId(), sealing.open(row.letter(), held)),
                clock.instant())
            : held.bytes());
  }

  private void handOver(List<HandOver> batch) {
    if (batch.isEmpty()) {
      return;
    }
    if (records.commit(change(batch)) == Commit.DONE) {
      queue.send(batch.stream().map(HandOver::message).toList());
      return;
    }
    // One of them moved meanwhile: each on its own, so that it holds up nobody else.
    for (HandOver one : batch) {
      if (records.commit(change(List.of(one))) == Commit.DONE) {
        queue.send(one.message());
      }
    }
  }

  private Change change(List<HandOver> batch) {
    Instant now = clock.instant();
    Instant leaseUntil = now.plus(settings.lease());
    Change.Builder change = new Change.Builder();
    for (HandOver one : batch) {
      change.add(new Change.UpdateRow(one.row().handedOver(leaseUntil)));
      if (one.letter().status() == LetterStatus.RECORDED) {
        change.add(new Change.UpdateLetter(one.letter().with(LetterStatus.QUEUED)));
      }
      if (one.row().attempts() == 0 && one.row().phase() == OutboxRow.Phase.TO_SEND) {
        change.add(
            LetterWrites.note(
                one.letter(), now, TimelineCode.QUEUED, one.row().bundleId().value()));
      }
    }
    return change.build();
  }

  /** Nothing can be handed over as things stand: an attempt that failed for now, and an alarm. */
  private void putOff(
      Letter letter,
      OutboxRow row,
      String reason,
      RetryPolicy policy,
      Optional<Instant> fallbackAt) {
    Instant now = clock.instant();
    OutboxRow attempted = row.handedOver(now).claimed(now);
    DeliveryRules.Next next =
        DeliveryRules.afterFailure(
            attempted, new DeliveryOutcome.TransientFailure(reason), policy, fallbackAt, now);
    if (!(next instanceof DeliveryRules.GoOn) && row.lastReason().equals(Optional.of(reason))) {
      // Nothing new to tell: the letter waits on for the directory until its life ends.
      records.commit(
          new Change(List.of(new Change.UpdateRow(row.givenBack(now.plus(UNREACHABLE_DELAY))))));
      return;
    }
    OutboxRow later =
        next instanceof DeliveryRules.GoOn goOn
            ? goOn.row()
            : attempted.toRetry(now.plus(UNREACHABLE_DELAY), reason, false);
    Change.Builder change = new Change.Builder();
    change.add(new Change.UpdateRow(later));
    change.add(
        new Change.AddTransmission(
            new Transmission(
                row.letter(),
                row.bundleId(),
                attempted.attempts(),
                now,
                Transmission.Outcome.TRANSIENT_FAILURE,
                reason,
                Optional.of(later.dueAt()))));
    change.add(LetterWrites.note(letter, now, TimelineCode.DELIVERY_FAILED, reason));
    if (records.commit(change.build()) == Commit.DONE) {
      alarms.raise(TimelineCode.DELIVERY_FAILED, letter.ref().toString(), reason);
    }
  }
}
