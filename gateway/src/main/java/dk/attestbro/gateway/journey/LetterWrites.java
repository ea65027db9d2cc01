package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
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
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
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
  private final Forms forms;

  public LetterWrites(
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      MessageReader reader,
      Forms forms) {
    this.records = records;
    this.directory = directory;
    this.sealing = sealing;
    this.writer = writer;
    this.reader = reader;
    this.forms = forms;
  }

  /** A new letter with its envelope and sealed content, due at once. */
  void setOut(Change.Builder change, Letter letter, Payload content, Party receiver, Instant now) {
    BundleId bundle = letter.bundleId().orElseThrow();
    boolean reachable = receiver.endpoint().isPresent();
    change.add(
        new Change.AddLetter(
            reachable || !letter.isAcknowledgement() ? letter : letter.with(LetterStatus.SENT)));
    change.add(new Change.AddEnvelope(letter.ref().sender(), bundle, letter.ref()));
    change.add(new Change.PutContent(letter.ref(), sealing.seal(letter.ref(), content)));
    if (reachable) {
      change.add(new Change.AddRow(Requeue.row(letter, receiver, bundle, now)));
    }
    change.add(note(letter, now, TimelineCode.RECORDED, bundle.value()));
  }

  /** What an acknowledgement does to the letter that it is about. */
  void acknowledge(
      Change.Builder change,
      Letter letter,
      AcknowledgementReading acknowledgement,
      LetterRef by,
      Instant now) {
    AcknowledgementState state =
        new AcknowledgementState(acknowledgement.code(), now, acknowledgement.issues(), by);
    Optional<OutboxRow> row = records.row(letter.ref());
    switch (acknowledgement.code()) {
      case OK -> {
        change.add(new Change.UpdateLetter(letter.with(LetterStatus.ACKNOWLEDGED, state)));
        takeBack(change, letter, row);
        change.add(note(letter, now, TimelineCode.ACKNOWLEDGED_OK, by.toString()));
        startDeadline(change, letter, now);
      }
      case FATAL_ERROR -> {
        change.add(new Change.UpdateLetter(letter.with(LetterStatus.REFUSED_BY_RECEIVER, state)));
        takeBack(change, letter, row);
        change.add(note(letter, now, TimelineCode.ACKNOWLEDGED_FATAL_ERROR, by.toString()));
      }
      case TRANSIENT_ERROR -> {
        // The row goes on waiting: at the end of the wait the letter is sent again, as if the
        // acknowledgement were missing.
        change.add(new Change.UpdateLetter(letter.with(letter.status(), state)));
        change.add(note(letter, now, TimelineCode.ACKNOWLEDGED_TRANSIENT_ERROR, by.toString()));
      }
    }
  }

  /** An acknowledgement that the gateway gives in a receiver's place, passed on to the sender. */
  void acknowledgeFor(Change.Builder change, Letter letter, Party receiver, Instant now) {
    Party gateway = directory.current().gateway();
    AcknowledgementReading ok =
        new AcknowledgementReading(letter.ref().id(), AcknowledgementCode.OK, List.of());
    Letter acknowledgement =
        write(change, letter, receiver, Optional.of(gateway), ok.code(), ok.issues(), now);
    acknowledge(change, letter, ok, acknowledgement.ref(), now);
  }

  /**
   * The end of a letter that no one took: dead, its row taken away, and its sender told by a
   * transient-error Acknowledgement. The sender of an Acknowledgement is not told.
   */
  void giveUp(
      Change.Builder change, Letter letter, OutboxRow row, List<Problem> reasons, Instant now) {
    change.add(new Change.UpdateLetter(letter.dead(reasons)));
    takeBack(change, letter, Optional.of(row));
    change.add(note(letter, now, TimelineCode.DEAD, reasons.get(0).reason().name()));
    if (!letter.isAcknowledgement()) {
      answer(change, letter, AcknowledgementCode.TRANSIENT_ERROR, reasons, now);
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
    setOut(change, acknowledgement, content, sender, now);
    return acknowledgement;
  }

  private void takeBack(Change.Builder change, Letter letter, Optional<OutboxRow> row) {
    row.ifPresent(waiting -> change.add(new Change.RemoveRow(waiting)));
    PartyId receiver = letter.receiver().orElseThrow();
    change.add(new Change.TakeInboxItem(receiver, letter.ref()));
  }

  private void startDeadline(Change.Builder change, Letter letter, Instant now) {
    if (!letter.event().equals(EventCode.CERTIFICATE_REQUEST.code())) {
      return;
    }
    Optional<CertificateCase> before = letter.caseId().flatMap(records::certificateCase);
    Optional<Form> form = before.flatMap(c -> forms.find(c.form()));
    if (form.isPresent()) {
      CertificateCase after = CaseRules.received(before.get(), form.get().deadlineRule(), now);
      if (!after.equals(before.get())) {
        change.add(new Change.UpdateCase(after));
        change.add(
            note(
                letter,
                now,
                TimelineCode.DEADLINE_STARTED,
                after.deadline().due().map(Object::toString).orElse("")));
      }
    }
  }

  static Change.Write note(Letter letter, Instant at, TimelineCode code, String detail) {
    return new Change.AddEvidence(Evidence.of(letter, at, code, detail));
  }
}
