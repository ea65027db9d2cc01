package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DuplicateRules;
import dk.attestbro.model.DuplicateRules.Duplicate;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks the ids up before anything is validated: a known letter gets its row of the duplicate table
 * whatever holds today.
 */
public final class Recognise {
  private final Records records;
  private final DirectorySource directory;
  private final OpenLetter openLetter;
  private final ReplaceContent replaceContent;
  private final MessageWriter writer;
  private final RefusalAcknowledgement refusals;

  public Recognise(
      Records records,
      DirectorySource directory,
      OpenLetter openLetter,
      ContentSealing sealing,
      MessageWriter writer,
      RefusalAcknowledgement refusals) {
    this.records = records;
    this.directory = directory;
    this.openLetter = openLetter;
    this.replaceContent = new ReplaceContent(openLetter, sealing);
    this.writer = writer;
    this.refusals = refusals;
  }

  /**
   * @throws MessageRefused CONTENT_CHANGED; ACKNOWLEDGEMENT_INVALID for an Acknowledgement in a
   *     known envelope, which is never answered by another
   * @throws LetterRefused BUNDLE_ID_REUSED
   */
  public Recognised letter(AuthenticatedMessage message) {
    Records.Known known = records.known(message.ref(), message.reading().bundleId());
    if (known.letter().isPresent()) {
      return new Recognised.KnownLetter(again(message, known.letter().get(), known.inEnvelope()));
    }
    if (known.inEnvelope().isPresent()) {
      throw inKnownEnvelope(message);
    }
    return new Recognised.NewLetter(message);
  }

  private static RuntimeException inKnownEnvelope(AuthenticatedMessage message) {
    Problem reused = new Problem(RefusalReason.BUNDLE_ID_REUSED, "Bundle.id");
    boolean acknowledgement =
        message.reading().event().filter(e -> e == EventCode.ACKNOWLEDGEMENT).isPresent();
    return acknowledgement
        ? new MessageRefused(
            new Refusal(List.of(new Problem(RefusalReason.ACKNOWLEDGEMENT_INVALID, ""), reused)))
        : new LetterRefused(message, new Refusal(List.of(reused)));
  }

  private Answer again(AuthenticatedMessage message, Letter known, Optional<LetterRef> bundleOf) {
    Optional<OutboxRow> row = records.row(known.ref());
    Duplicate duplicate =
        DuplicateRules.decide(
            known,
            message.contentDigest(),
            // A letter written for a repeated plain request got a fresh Bundle.id: it is no
            // envelope.
            message.isWrittenByGateway() ? known.bundleId().map(b -> known.ref()) : bundleOf,
            row,
            resendsItself(known));
    return switch (duplicate) {
      case CONTENT_CHANGED -> {
        note(known, TimelineCode.CONTENT_CHANGED, message.receivedAt());
        throw new MessageRefused(
            RefusalReason.CONTENT_CHANGED,
            message.isWrittenByGateway()
                ? "Idempotency-Key"
                : message.reading().pathOf("MessageHeader.id"));
      }
      case BUNDLE_REUSED -> {
        List<Problem> reused = List.of(new Problem(RefusalReason.BUNDLE_ID_REUSED, "Bundle.id"));
        yield new Answer.Refused(
            new Refusal(reused), Optional.of(refusals.of(message, reused, known.ref().id())));
      }
      case FIRST_ANSWER -> {
        note(known, TimelineCode.DUPLICATE_ANSWERED, message.receivedAt());
        yield firstAnswer(message, known);
      }
      case FINAL_ACKNOWLEDGEMENT -> {
        note(known, TimelineCode.DUPLICATE_ANSWERED, message.receivedAt());
        yield message.isWrittenByGateway()
            ? firstAnswer(message, known)
            : finalAcknowledgement(message, known);
      }
      case RECEIPT_ONLY -> {
        Change.Builder change = new Change.Builder();
        reserveBundle(change, message);
        change.add(evidence(known, TimelineCode.DUPLICATE_ANSWERED, message.receivedAt()));
        yield records.commit(change.build()) == Commit.BUNDLE_EXISTS
            ? once(message)
            : firstAnswer(message, known);
      }
      case FURTHER_ENVELOPE -> furtherEnvelope(message, known, row);
    };
  }

  private Answer furtherEnvelope(
      AuthenticatedMessage message, Letter known, Optional<OutboxRow> row) {
    Instant now = message.receivedAt();
    BundleId bundle = message.reading().bundleId().orElseGet(BundleId::random);
    // A dead letter's receiver may have left the directory since; then nothing more can be sent.
    Optional<Party> receiver = known.receiver().flatMap(directory.current()::party);
    if (receiver.isEmpty()) {
      note(known, TimelineCode.DUPLICATE_ANSWERED, now);
      return firstAnswer(message, known);
    }
    Change.Builder change = new Change.Builder();
    change.add(new Change.AddEnvelope(message.sender(), bundle, known.ref()));
    replaceContent.by(change, message);
    if (row.isPresent()) {
      OutboxRow waiting = row.get();
      int resends =
          waiting.phase() == OutboxRow.Phase.AWAITING ? waiting.resends() + 1 : waiting.resends();
      change.add(new Change.UpdateRow(waiting.inEnvelope(bundle, resends, now)));
    } else {
      change.add(new Change.AddRow(Requeue.row(known, receiver.get(), bundle, now)));
    }
    change.add(new Change.UpdateLetter(known.with(LetterStatus.QUEUED)));
    change.add(
        new Change.AddEvidence(
            Evidence.of(
                known,
                now,
                TimelineCode.ENVELOPE_RECORDED,
                Evidence.withContent(bundle.value(), message.reading().payload().sha256()))));
    message.noteSignatures(change, known);
    return records.commit(change.build()) == Commit.DONE
        ? firstAnswer(message, known)
        : once(message);
  }

  /** Someone was quicker: what is known now decides. */
  private Answer once(AuthenticatedMessage message) {
    return letter(message) instanceof Recognised.KnownLetter known
        ? known.answer()
        : new Answer.Refused(Refusal.of(RefusalReason.CANNOT_RECORD), Optional.empty());
  }

  private Answer firstAnswer(AuthenticatedMessage message, Letter known) {
    if (known.status() == LetterStatus.REFUSED) {
      return new Answer.Refused(
          new Refusal(known.problems()),
          Optional.of(refusals.of(message, known.problems(), known.refusalId().orElseThrow())));
    }
    return new Answer.Repeated(known.receipt().orElseThrow());
  }

  private Answer finalAcknowledgement(AuthenticatedMessage message, Letter known) {
    LetterRef brought = known.acknowledgement().orElseThrow().letter();
    Optional<Payload> content = openLetter.open(brought);
    if (content.isEmpty()) {
      return firstAnswer(message, known);
    }
    Payload again = writer.inNewEnvelope(content.get(), BundleId.random(), message.receivedAt());
    return new Answer.RepeatedAcknowledgement(
        writer.as(again, message.reading().payload().mediaType()));
  }

  private boolean resendsItself(Letter known) {
    return directory.current().party(known.ref().sender()).map(Party::resendsItself).orElse(false);
  }

  private static void reserveBundle(Change.Builder change, AuthenticatedMessage message) {
    message
        .reading()
        .bundleId()
        .ifPresent(id -> change.add(new Change.AddEnvelope(message.sender(), id, message.ref())));
  }

  private void note(Letter known, TimelineCode code, Instant now) {
    Commit noted = records.commit(new Change(List.of(evidence(known, code, now))));
    if (noted != Commit.DONE) {
      throw new IllegalStateException("evidence could not be written: " + noted);
    }
  }

  private static Change.Write evidence(Letter known, TimelineCode code, Instant now) {
    return new Change.AddEvidence(Evidence.of(known, now, code, ""));
  }
}
