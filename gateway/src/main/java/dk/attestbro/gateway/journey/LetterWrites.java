package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.Change;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import dk.attestbro.port.SenderSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The writes that several decisions share: a letter that sets out, an acknowledgement that takes
 * effect, a letter that dies. Each adds to a {@link Change} and commits nothing.
 */
public final class LetterWrites {
  private final Records records;
  private final DirectorySource directory;
  private final ContentSealing sealing;
  private final MessageWriter writer;
  private final MessageReader reader;
  private final CaseWrites cases;

  public LetterWrites(
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      MessageReader reader,
      CaseWrites cases) {
    this.records = records;
    this.directory = directory;
    this.sealing = sealing;
    this.writer = writer;
    this.reader = reader;
    this.cases = cases;
  }

  /** A new letter with its envelope and sealed content, due at once. */
  void setOut(Change.Builder change, Letter letter, Payload content, Party receiver, Instant now) {
    if (receiver.endpoint().isPresent()) {
      add(change, letter, content, now);
      change.add(
          new Change.AddRow(Requeue.row(letter, receiver, letter.bundleId().orElseThrow(), now)));
    } else if (letter.isAcknowledgement()) {
      keep(change, letter, content, now);
    } else {
      add(change, letter, content, now);
    }
  }

  /** An Acknowledgement that is recorded and goes no further. */
  void keep(Change.Builder change, Letter letter, Payload content, Instant now) {
    add(change, letter.with(LetterStatus.SENT), content, now);
  }

  private void add(Change.Builder change, Letter letter, Payload content, Instant now) {
    BundleId bundle = letter.bundleId().orElseThrow();
    change.add(new Change.AddLetter(letter));
    change.add(new Change.AddEnvelope(letter.ref().sender(), bundle, letter.ref()));
    change.add(new Change.PutContent(letter.ref(), sealing.seal(letter.ref(), content)));
    change.add(
        note(
            letter,
            now,
            TimelineCode.RECORDED,
            Evidence.withContent(bundle.value(), content.sha256())));
  }

  /**
   * What an acknowledgement does to the letter that it is about.
   *
   * @param row the letter's, where it has one
   */
  void acknowledge(
      Change.Builder change,
      Letter letter,
      Optional<OutboxRow> row,
      AcknowledgementReading acknowledgement,
      LetterRef by,
      Instant now) {
    AcknowledgementState state =
        new AcknowledgementState(acknowledgement.code(), now, acknowledgement.issues(), by);
    switch (acknowledgement.code()) {
      case OK -> {
        change.add(new Change.UpdateLetter(letter.with(LetterStatus.ACKNOWLEDGED, state)));
        takeBack(change, letter, row);
        change.add(note(letter, now, TimelineCode.ACKNOWLEDGED_OK, by.toString()));
        cases.received(change, letter, now);
      }
      case FATAL_ERROR -> {
        change.add(new Change.UpdateLetter(letter.with(LetterStatus.REFUSED_BY_RECEIVER, state)));
        takeBack(change, letter, row);
        change.add(note(letter, now, TimelineCode.ACKNOWLEDGED_FATAL_ERROR, by.toString()));
        cases.refused(change, letter, now);
      }
      case TRANSIENT_ERROR -> {
        // The row goes on waiting: at the end of the wait the letter is sent again, as if the
        // acknowledgement were missing.
        change.add(new Change.UpdateLetter(letter.with(letter.status(), state)));
        change.add(note(letter, now, TimelineCode.ACKNOWLEDGED_TRANSIENT_ERROR, by.toString()));
      }
    }
  }

  /**
   * An acknowledgement that the gateway gives in a receiver's place, passed on to the sender.
   *
   * @param row the letter's, where it has one
   */
  void acknowledgeFor(
      Change.Builder change, Letter letter, Optional<OutboxRow> row, Party receiver, Instant now) {
    Party gateway = directory.current().gateway();
    AcknowledgementReading ok =
        new AcknowledgementReading(letter.ref().id(), AcknowledgementCode.OK, List.of());
    Letter acknowledgement =
        write(change, letter, receiver, Optional.of(gateway), ok.code(), ok.issues(), now);
    acknowledge(change, letter, row, ok, acknowledgement.ref(), now);
  }

  /**
   * The end of a letter that no one took: dead, its row taken away, and its sender told by a
   * transient-error Acknowledgement. The sender of an Acknowledgement is not told.
   */
  void giveUp(
      Change.Builder change, Letter letter, OutboxRow row, List<Problem> reasons, Instant now) {
    end(change, letter, row, reasons, now);
    if (!letter.isAcknowledgement() && !letter.isWrittenByGateway()) {
      answer(change, letter, AcknowledgementCode.TRANSIENT_ERROR, reasons, now);
    }
  }

  private static void end(
      Change.Builder change, Letter letter, OutboxRow row, List<Problem> reasons, Instant now) {
    change.add(new Change.UpdateLetter(letter.dead(reasons)));
    takeBack(change, letter, Optional.of(row));
    change.add(note(letter, now, TimelineCode.DEAD, reasons.get(0).reason().name()));
  }

  /**
   * The end of a letter that is still under way when its content must go; its sender is told where
   * the directory still knows it.
   */
  void outlive(Change.Builder change, Letter letter, OutboxRow row, Instant now) {
    List<Problem> reasons = List.of(new Problem(RefusalReason.TIME_TO_LIVE_ENDED, ""));
    if (directory.current().party(letter.ref().sender()).isPresent()) {
      giveUp(change, letter, row, reasons, now);
    } else {
      end(change, letter, row, reasons, now);
    }
  }

  /** An Acknowledgement from the gateway itself to the letter's sender; returns its reference. */
  LetterRef answer(
      Change.Builder change,
      Letter letter,
      AcknowledgementCode code,
      List<Problem> reasons,
      Instant now) {
    Party gateway = directory.current().gateway();
    return write(
            change,
            letter,
            gateway,
            Optional.empty(),
            code,
            RefusalAcknowledgement.issues(reasons),
            now)
        .ref();
  }

  private Letter write(
      Change.Builder change,
      Letter letter,
      Party from,
      Optional<Party> agent,
      AcknowledgementCode code,
      List<AcknowledgementIssue> issues,
      Instant now) {
    Party sender = directory.current().party(letter.ref().sender()).orElseThrow();
    Optional<MessageReading> acknowledged =
        records.content(letter.ref()).map(held -> reader.read(sealing.open(letter.ref(), held)));
    LetterId id = LetterId.random();
    Payload content =
        writer.acknowledgement(
            new AcknowledgementDraft(
                id,
                BundleId.random(),
                now,
                from,
                sender,
                agent,
                letter.ref().id(),
                code,
                issues,
                acknowledged),
            letter.mediaType() == MediaType.FHIR_XML ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
    MessageReading reading = reader.read(content);
    Letter acknowledgement =
        new Letter(
            new LetterRef(from.id(), id),
            reading.bundleId(),
            EventCode.ACKNOWLEDGEMENT.code(),
            Optional.of(sender.id()),
            letter.caseId(),
            now,
            content.sha256(),
            reading.contentDigest(),
            content.mediaType(),
            LetterStatus.RECORDED,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(letter.ref()),
            Optional.empty(),
            1);
    if (letter.isWrittenByGateway()) {
      keep(change, acknowledgement, content, now);
    } else {
      setOut(change, acknowledgement, content, sender, now);
    }
    return acknowledgement;
  }

  private static void takeBack(Change.Builder change, Letter letter, Optional<OutboxRow> row) {
    row.ifPresent(waiting -> change.add(new Change.RemoveRow(waiting)));
    PartyId receiver = letter.receiver().orElseThrow();
    change.add(new Change.TakeInboxItem(receiver, letter.ref()));
  }

  /** What the sender signed, kept as long as the content. */
  void keepSigned(Change.Builder change, LetterRef letter, SenderSignature made) {
    change.add(new Change.PutSignature(letter, sealing.seal(letter, made)));
  }

  /**
   * By what each signature was relied upon; what it names must be kept already.
   *
   * @param signed what the letter's sender signed; empty where another signed, and something else
   */
  static void noteSignatures(
      Change.Builder change,
      Letter letter,
      List<Trusted> signatures,
      Optional<Digest> signed,
      Instant at) {
    signatures.forEach(
        one ->
            change.add(
                note(letter, at, TimelineCode.SIGNATURE_TRUSTED, one.inDigests(signed).detail())));
  }

  static Change.Write note(Letter letter, Instant at, TimelineCode code, String detail) {
    return new Change.AddEvidence(Evidence.of(letter, at, code, detail));
  }
}
