package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.DeliveryRules;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.ProtectedMessage;
import dk.attestbro.port.Records;
import dk.attestbro.port.SealedContent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Delivers one letter from the queue: claims its row, hands it to the channel, takes an
 * Acknowledgement that came in the response, and writes the outcome in one commit. A second copy of
 * the message finds the row claimed and does nothing; an outcome with an old claim changes nothing.
 */
public final class DeliverLetter {
  private static final int TRIES = 20;

  private final Records records;
  private final Outbox outbox;
  private final DirectorySource directory;
  private final ContentSealing sealing;
  private final MessageDelivery delivery;
  private final LetterWrites writes;
  private final ResponseAcknowledgement responses;
  private final LeaseKeeper leases;
  private final Circuits circuits;
  private final Alarms alarms;
  private final Clock clock;

  public DeliverLetter(
      Records records,
      Outbox outbox,
      DirectorySource directory,
      ContentSealing sealing,
      MessageDelivery delivery,
      LetterWrites writes,
      ResponseAcknowledgement responses,
      LeaseKeeper leases,
      Circuits circuits,
      Alarms alarms,
      Clock clock) {
    this.records = records;
    this.outbox = outbox;
    this.directory = directory;
    this.sealing = sealing;
    this.delivery = delivery;
    this.writes = writes;
    this.responses = responses;
    this.leases = leases;
    this.circuits = circuits;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Delivers it, or does nothing where it is no longer this copy's to deliver. */
  public void once(ProtectedMessage message) {
    Optional<Outbox.Standing> standing =
        outbox.standing(message.letter()).filter(found -> isHandOverOf(message, found.row()));
    if (standing.isEmpty()) {
      return;
    }
    OutboxRow handedOver = standing.get().row();
    Optional<Party> receiver = directory.current().party(message.receiver());
    Optional<Endpoint> endpoint = receiver.flatMap(party -> party.endpointOf(handedOver));
    boolean asProtected =
        endpoint.filter(e -> EndpointMark.of(e).equals(message.endpoint())).isPresent();
    if (!asProtected || standing.get().isPaused()) {
      giveBack(handedOver, clock.instant());
      return;
    }
    attempt(
        message,
        standing.get().letter(),
        handedOver,
        receiver.orElseThrow(),
        endpoint.orElseThrow());
  }

  private static boolean isHandOverOf(ProtectedMessage message, OutboxRow row) {
    return row.version() == message.version()
        // A dead letter that is sent again has a new row, whose versions begin anew.
        && row.bundleId().equals(message.bundleId())
        && row.phase() == OutboxRow.Phase.HANDED_OVER;
  }

  private void giveBack(OutboxRow row, Instant at) {
    records.commit(new Change(List.of(new Change.UpdateRow(row.givenBack(at)))));
  }

  /** As the circuit of this way allows; where it does not, no attempt is made and none counted. */
  private void attempt(
      ProtectedMessage message,
      Letter letter,
      OutboxRow handedOver,
      Party receiver,
      Endpoint endpoint) {
    Optional<Circuits.Attempt> allowed = circuits.begin(receiver.id(), endpoint);
    if (allowed.isEmpty()) {
      giveBack(handedOver, later(letter, handedOver, receiver, endpoint));
      return;
    }
    try (Circuits.Attempt attempt = allowed.get()) {
      OutboxRow claim = handedOver.claimed(leases.until(clock.instant()));
      if (records.commit(new Change(List.of(new Change.UpdateRow(claim)))) == Commit.DONE) {
        deliver(message, letter, claim.stored(), receiver, endpoint, attempt);
      }
    }
  }

  /** When the circuit may allow it, but no later than the fallback takes over. */
  private Instant later(Letter letter, OutboxRow row, Party receiver, Endpoint endpoint) {
    Instant again = circuits.askAgainAt(receiver.id(), endpoint);
    return receiver
        .fallbackAt(letter)
        .filter(at -> row.mayFallBack() && at.isBefore(again))
        .orElse(again);
  }

  private void deliver(
      ProtectedMessage message,
      Letter letter,
      OutboxRow claim,
      Party receiver,
      Endpoint endpoint,
      Circuits.Attempt attempt) {
    Instant at = clock.instant();
    DeliveryOutcome outcome;
    try (LeaseKeeper.Lease lease = leases.keep(claim)) {
      outcome =
          endpoint.channel() == Endpoint.Channel.INBOX
              ? new Delivered(Optional.empty())
              : delivery.deliver(
                  new Delivery(receiver, endpoint, letter, message.bundleId(), open(message)));
    }
    attempt.ended(outcome);
    Optional<Payload> response = outcome.response();
    boolean acknowledged =
        response.isPresent()
            && responses.take(
                new Caller(Set.of(receiver.id()), false, receiver.id().value()),
                message.letter(),
                response.get());
    settle(
        letter,
        claim,
        !acknowledged || isOurs(claim),
        acknowledged ? new Delivered(Optional.empty()) : outcome,
        receiver,
        endpoint,
        at);
  }

  private Payload open(ProtectedMessage message) {
    return message.isSealed()
        ? sealing.open(message.letter(), new SealedContent(message.mediaType(), message.body()))
        : new Payload(message.body(), MediaType.CMS);
  }

  /**
   * Each change bears the claim's version, so none is written where the row is no longer ours; only
   * then letter and row are read again.
   *
   * @param known the letter as it was before the delivery
   * @param expected whether the row is ours, as far as is known
   */
  private void settle(
      Letter known,
      OutboxRow claim,
      boolean expected,
      DeliveryOutcome outcome,
      Party receiver,
      Endpoint endpoint,
      Instant at) {
    Letter letter = known;
    boolean ours = expected;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Alarm> raised = new ArrayList<>();
      Change change =
          ours
              ? change(letter, claim, outcome, receiver, endpoint, at, raised)
              : alreadyEnded(letter, claim, outcome, at);
      if (records.commit(change) == Commit.DONE) {
        raised.forEach(
            alarm -> alarms.raise(alarm.code(), claim.letter().toString(), alarm.detail()));
        return;
      }
      letter = records.letter(claim.letter()).orElseThrow();
      ours = isOurs(claim);
    }
    throw new IllegalStateException("the outcome of " + claim.letter() + " could not be written");
  }

  private boolean isOurs(OutboxRow claim) {
    return records.row(claim.letter()).filter(r -> r.version() == claim.version()).isPresent();
  }

  /** To be raised once what it tells is written. */
  private record Alarm(TimelineCode code, String detail) {}

  /**
   * An acknowledgement or another hand-over was quicker: what was done is noted, no state changes.
   */
  private static Change alreadyEnded(
      Letter letter, OutboxRow claim, DeliveryOutcome outcome, Instant at) {
    Change.Builder change = new Change.Builder();
    change.add(transmission(claim, outcome, at, Optional.empty()));
    if (outcome instanceof Delivered) {
      change.add(LetterWrites.note(letter, at, TimelineCode.DELIVERED, claim.bundleId().value()));
    }
    return change.build();
  }

  private Change change(
      Letter letter,
      OutboxRow claim,
      DeliveryOutcome outcome,
      Party receiver,
      Endpoint endpoint,
      Instant at,
      List<Alarm> raised) {
    Change.Builder change = new Change.Builder();
    if (outcome instanceof Delivered) {
      delivered(change, letter, claim, receiver, endpoint, at);
    } else if (outcome instanceof TransientFailure failure) {
      failed(change, letter, claim, failure, receiver, endpoint, at, raised);
    } else if (outcome instanceof FatalFailure failure) {
      change.add(transmission(claim, outcome, at, Optional.empty()));
      change.add(LetterWrites.note(letter, at, TimelineCode.DELIVERY_REJECTED, failure.reason()));
      giveUp(change, letter, claim, DeliveryRules.afterRejection(claim, failure.reason()), raised);
    }
    return change.build();
  }

  private void delivered(
      Change.Builder change,
      Letter letter,
      OutboxRow claim,
      Party receiver,
      Endpoint endpoint,
      Instant at) {
    boolean inbox = endpoint.channel() == Endpoint.Channel.INBOX;
    change.add(transmission(claim, new Delivered(Optional.empty()), at, Optional.empty()));
    change.add(
        LetterWrites.note(
            letter,
            at,
            inbox ? TimelineCode.PUT_IN_INBOX : TimelineCode.DELIVERED,
            claim.bundleId().value()));
    if (inbox) {
      change.add(new Change.AddInboxItem(receiver.id(), letter.ref(), at));
      if (endpoint.inboxNews().isPresent() && isNews(letter)) {
        endpoint.inboxNews().get().of(receiver.id(), at).stream()
            .map(Change.AddNotice::new)
            .forEach(change::add);
      }
    }
    if (letter.isAcknowledgement()) {
      change.add(new Change.RemoveRow(claim));
      change.add(new Change.UpdateLetter(letter.with(LetterStatus.SENT)));
    } else if (!endpoint.acknowledgesItself() && !inbox) {
      // The acknowledgement takes the row away and gives the letter its status.
      writes.acknowledgeFor(change, letter, Optional.of(claim), receiver, clock.instant());
    } else {
      boolean resendsItself =
          directory.current().party(letter.ref().sender()).map(Party::resendsItself).orElse(false);
      change.add(
          new Change.UpdateRow(
              DeliveryRules.afterDelivery(claim, endpoint, resendsItself, clock.instant())));
      change.add(new Change.UpdateLetter(letter.with(LetterStatus.SENT)));
    }
  }

  /** Not that all is well with a letter of its own. */
  private boolean isNews(Letter letter) {
    return letter
        .acknowledges()
        .flatMap(records::letter)
        .flatMap(Letter::acknowledgement)
        .filter(known -> known.code() == AcknowledgementCode.OK)
        .isEmpty();
  }

  private void failed(
      Change.Builder change,
      Letter letter,
      OutboxRow claim,
      TransientFailure failure,
      Party receiver,
      Endpoint endpoint,
      Instant at,
      List<Alarm> raised) {
    DeliveryRules.Next next =
        DeliveryRules.afterFailure(
            claim, failure, endpoint.retry(), receiver.fallbackAt(letter), clock.instant());
    Optional<Instant> again =
        next instanceof DeliveryRules.GoOn goOn
            ? Optional.of(goOn.row().dueAt())
            : Optional.empty();
    change.add(transmission(claim, failure, at, again));
    change.add(LetterWrites.note(letter, at, TimelineCode.DELIVERY_FAILED, failure.reason()));
    if (failure.alarm()) {
      raised.add(new Alarm(TimelineCode.DELIVERY_FAILED, failure.reason()));
    }
    if (next instanceof DeliveryRules.GoOn goOn) {
      change.add(new Change.UpdateRow(goOn.row()));
    } else if (next instanceof DeliveryRules.GiveUp giveUp) {
      giveUp(change, letter, claim, giveUp, raised);
    }
  }

  private void giveUp(
      Change.Builder change,
      Letter letter,
      OutboxRow claim,
      DeliveryRules.GiveUp end,
      List<Alarm> raised) {
    writes.giveUp(change, letter, claim, end.reasons(), clock.instant());
    raised.add(new Alarm(TimelineCode.DEAD, end.codes()));
  }

  private static Change.Write transmission(
      OutboxRow claim, DeliveryOutcome outcome, Instant at, Optional<Instant> next) {
    Transmission.Outcome how =
        outcome instanceof Delivered
            ? Transmission.Outcome.DELIVERED
            : outcome instanceof TransientFailure
                ? Transmission.Outcome.TRANSIENT_FAILURE
                : Transmission.Outcome.FATAL_FAILURE;
    return new Change.AddTransmission(
        new Transmission(
            claim.letter(), claim.bundleId(), claim.attempts(), at, how, outcome.reason(), next));
  }
}
