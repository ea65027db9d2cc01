package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.DeliveryRules;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What operations may do to letters and queues; each act is in the evidence with its label and the
 * digest of the reason that was given (the words themselves may name a person and are not kept).
 */
public final class Operate {
  private final Records records;
  private final DirectorySource directory;
  private final ReplaceContent replaceContent;
  private final MessageWriter writer;
  private final OpenLetter openLetter;
  private final LetterWrites writes;
  private final Clock clock;

  public Operate(
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      OpenLetter openLetter,
      LetterWrites writes,
      Clock clock) {
    this.records = records;
    this.directory = directory;
    this.replaceContent = new ReplaceContent(openLetter, sealing);
    this.writer = writer;
    this.openLetter = openLetter;
    this.writes = writes;
    this.clock = clock;
  }

  /**
   * Sends a dead letter again in a new envelope.
   *
   * @return why not: NOT_FOUND; CONTENT_DELETED where it is dead and no longer held; STATE_CONFLICT
   *     where it is not dead or finally acknowledged; NO_WAY where its receiver has no endpoint
   */
  public Optional<Refusal> resend(LetterRef ref, String reason, String label) {
    return again(ref, this::sameWay, TimelineCode.RESENT_BY_OPERATOR, reason, label);
  }

  /**
   * Sends a dead letter again by another way: to the successor of a receiver that has ended, else
   * to the receiver's fallback. A successor takes the receiver's place: it acknowledges the letter,
   * whose content still names the receiver that it was written to.
   *
   * @return why not: as for {@link #resend}; NO_WAY where there is no other way that takes this
   *     event
   */
  public Optional<Refusal> redirect(LetterRef ref, String reason, String label) {
    return again(ref, this::otherWay, TimelineCode.REDIRECTED_BY_OPERATOR, reason, label);
  }

  /** Where a letter goes again. */
  private record Way(Party receiver, boolean viaFallback) {}

  private Optional<Way> sameWay(Letter letter, Instant now) {
    return receiver(letter)
        .filter(party -> party.endpoint().isPresent())
        .map(party -> new Way(party, false));
  }

  private Optional<Way> otherWay(Letter letter, Instant now) {
    Optional<Party> receiver = receiver(letter);
    Optional<Way> successor =
        receiver
            .filter(party -> !party.isValidOn(DeadlineRule.day(now)))
            .flatMap(Party::successor)
            .flatMap(directory.current()::party)
            .filter(party -> party.endpoint().filter(e -> e.takes(letter.event())).isPresent())
            .map(party -> new Way(party, false));
    return successor.or(
        () ->
            receiver
                .filter(party -> party.fallbackAt(letter).isPresent())
                .map(party -> new Way(party, true)));
  }

  private Optional<Party> receiver(Letter letter) {
    return letter.receiver().flatMap(directory.current()::party);
  }

  private Optional<Refusal> again(
      LetterRef ref,
      BiFunction<Letter, Instant, Optional<Way>> ways,
      TimelineCode code,
      String reason,
      String label) {
    Optional<Letter> found = records.letter(ref);
    if (found.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.NOT_FOUND));
    }
    Letter letter = found.get();
    Instant now = clock.instant();
    Optional<Payload> content = openLetter.open(ref);
    if (letter.status() == LetterStatus.DEAD && content.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.CONTENT_DELETED));
    }
    if (letter.status() != LetterStatus.DEAD || isFinal(letter) || content.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.STATE_CONFLICT, "", letter.status().shown()));
    }
    Optional<Way> way = ways.apply(letter, now);
    if (way.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.NO_WAY));
    }
    return send(letter, content.get(), way.get(), new Noted(code, reason, label), now);
  }

  /** What the evidence is to say of an act. */
  private record Noted(TimelineCode code, String reason, String label) {}

  private Optional<Refusal> send(
      Letter letter, Payload content, Way way, Noted noted, Instant now) {
    LetterRef ref = letter.ref();
    BundleId bundle = BundleId.random();
    Payload again = writer.inNewEnvelope(content, bundle, now);
    OutboxRow row = Requeue.row(letter, way.receiver(), bundle, now);
    String to =
        letter.receiver().equals(Optional.of(way.receiver().id()))
            ? ""
            : " to=" + way.receiver().id();
    Change.Builder change = new Change.Builder();
    change.add(new Change.AddEnvelope(ref.sender(), bundle, ref));
    replaceContent.unsigned(change, ref, again);
    change.add(new Change.AddRow(way.viaFallback() ? viaFallback(row, way.receiver(), now) : row));
    change.add(new Change.UpdateLetter(letter.redirected(way.receiver().id())));
    change.add(
        LetterWrites.note(
            letter,
            now,
            noted.code(),
            Evidence.withContent(
                detail(noted.reason(), noted.label()) + to + (way.viaFallback() ? " fallback" : ""),
                again.sha256())));
    return done(records.commit(change.build()));
  }

  private static OutboxRow viaFallback(OutboxRow row, Party receiver, Instant now) {
    Duration life = receiver.fallback().orElseThrow().endpoint().timeToLive();
    return row.toFallback(now, now.plus(life));
  }

  /**
   * Closes a dead letter. One that is proven never delivered ends with a fatal-error
   * Acknowledgement to its sender; any other is only taken from the list.
   *
   * @return why not: NOT_FOUND, or STATE_CONFLICT where it is not dead
   */
  public Optional<Refusal> close(LetterRef ref, String reason, String label) {
    Optional<Letter> found = records.letter(ref);
    if (found.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.NOT_FOUND));
    }
    Letter letter = found.get();
    if (letter.status() != LetterStatus.DEAD) {
      return Optional.of(Refusal.of(RefusalReason.STATE_CONFLICT, "", letter.status().shown()));
    }
    Instant now = clock.instant();
    Change.Builder change = new Change.Builder();
    if (!letter.isAcknowledgement() && DeliveryRules.provesNeverDelivered(letter.problems())) {
      List<Problem> closed = List.of(new Problem(RefusalReason.CLOSED_BY_OPERATOR, ""));
      LetterRef by = writes.answer(change, letter, AcknowledgementCode.FATAL_ERROR, closed, now);
      change.add(
          new Change.UpdateLetter(
              letter.with(
                  LetterStatus.CLOSED,
                  new AcknowledgementState(
                      AcknowledgementCode.FATAL_ERROR,
                      now,
                      RefusalAcknowledgement.issues(closed),
                      by))));
    } else {
      change.add(new Change.UpdateLetter(letter.with(LetterStatus.CLOSED)));
    }
    change.add(note(letter, now, TimelineCode.CLOSED_BY_OPERATOR, reason, label));
    return done(records.commit(change.build()));
  }

  /** Holds a party's rows back; what is being delivered is finished. */
  public Optional<Refusal> pause(PartyId party, String reason, String label) {
    return setPaused(party, true, TimelineCode.PARTY_PAUSED, reason, label);
  }

  /** Lets a party's rows go on. */
  public Optional<Refusal> resume(PartyId party, String reason, String label) {
    return setPaused(party, false, TimelineCode.PARTY_RESUMED, reason, label);
  }

  private Optional<Refusal> setPaused(
      PartyId party, boolean paused, TimelineCode code, String reason, String label) {
    if (directory.current().party(party).isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.NOT_FOUND));
    }
    Change.Builder change = new Change.Builder();
    change.add(new Change.SetPaused(party, paused));
    change.add(
        new Change.AddEvidence(
            new Evidence(
                "party:" + party, clock.instant(), code, Optional.empty(), detail(reason, label))));
    return done(records.commit(change.build()));
  }

  private static boolean isFinal(Letter letter) {
    return letter.acknowledgement().filter(a -> a.code().isFinal()).isPresent();
  }

  private static Optional<Refusal> done(Commit commit) {
    return commit == Commit.DONE
        ? Optional.empty()
        : Optional.of(Refusal.of(RefusalReason.STATE_CONFLICT));
  }

  private static Change.Write note(
      Letter letter, Instant at, TimelineCode code, String reason, String label) {
    return LetterWrites.note(letter, at, code, detail(reason, label));
  }

  /** Who, and the digest of why. */
  static String detail(String reason, String label) {
    return label + " reason-sha256=" + Digest.of(reason.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
