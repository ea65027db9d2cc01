package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ReceiptSigning;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records a valid letter in one commit: letter, sealed content, case, outbox row and evidence, and
 * for an Acknowledgement what it does to the letter that it is about. Only after it is the Receipt
 * given.
 */
public final class Record {
  private static final int TRIES = 20;

  private final Records records;
  private final ReceiptSigning receipts;
  private final LetterWrites writes;
  private final FollowCase followCase;
  private final Recognise recognise;
  private final Validate validate;
  private final Alarms alarms;

  public Record(
      Records records,
      ReceiptSigning receipts,
      LetterWrites writes,
      FollowCase followCase,
      Recognise recognise,
      Validate validate,
      Alarms alarms) {
    this.records = records;
    this.receipts = receipts;
    this.writes = writes;
    this.followCase = followCase;
    this.recognise = recognise;
    this.validate = validate;
    this.alarms = alarms;
  }

  /**
   * @throws MessageRefused ACKNOWLEDGEMENT_CONTRADICTED
   * @throws LetterRefused where another letter was quicker and left this one no place
   */
  public Answer once(ValidatedMessage first) {
    ValidatedMessage message = first;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Answer> settled = alreadySaid(message);
      if (settled.isPresent()) {
        return settled.get();
      }
      Receipt receipt = receipt(message);
      Commit commit = records.commit(change(message, receipt));
      if (commit == Commit.DONE) {
        tellOfOwn(message);
        return new Answer.Accepted(receipt);
      }
      // Someone was quicker. What is known now decides, and what is new is checked against it.
      if (recognise.letter(message.message()) instanceof Recognised.KnownLetter known) {
        return known.answer();
      }
      message = validate.content(message.message());
    }
    throw new IllegalStateException("no commit in " + TRIES + " tries");
  }

  private Optional<Answer> alreadySaid(ValidatedMessage message) {
    if (message.acknowledged().isEmpty()) {
      return Optional.empty();
    }
    Letter about = message.acknowledged().get();
    AcknowledgementReading said = message.message().reading().acknowledgement().orElseThrow();
    if (about.acknowledgement().isEmpty()) {
      return Optional.empty();
    }
    if (about.acknowledgement().get().code() == said.code()) {
      note(about, TimelineCode.ACKNOWLEDGEMENT_REPEATED, message);
      return Optional.of(new Answer.AcknowledgementIgnored());
    }
    if (about.acknowledgement().get().code().isFinal()) {
      note(about, TimelineCode.ACKNOWLEDGEMENT_CONTRADICTED, message);
      alarms.raise(
          TimelineCode.ACKNOWLEDGEMENT_CONTRADICTED, about.ref().toString(), said.code().code());
      throw new MessageRefused(
          RefusalReason.ACKNOWLEDGEMENT_CONTRADICTED,
          message.message().reading().pathOf("MessageHeader.response.code"));
    }
    return Optional.empty();
  }

  /** Nobody else waits for the acknowledgement of a letter that the gateway wrote. */
  private void tellOfOwn(ValidatedMessage message) {
    message
        .message()
        .reading()
        .acknowledgement()
        .filter(said -> said.code() == AcknowledgementCode.FATAL_ERROR)
        .flatMap(said -> message.acknowledged())
        .filter(Letter::isWrittenByGateway)
        .ifPresent(
            about ->
                alarms.raise(
                    TimelineCode.ACKNOWLEDGED_FATAL_ERROR,
                    about.ref().toString(),
                    message.message().sender().value()));
  }

  private Change change(ValidatedMessage message, Receipt receipt) {
    Instant now = message.message().receivedAt();
    Letter letter = letter(message, receipt);
    Change.Builder change = new Change.Builder();
    if (isPassedOn(message)) {
      writes.setOut(change, letter, message.message().reading().payload(), message.receiver(), now);
    } else {
      writes.keep(change, letter, message.message().reading().payload(), now);
    }
    message.message().signature().ifPresent(made -> writes.keepSigned(change, letter.ref(), made));
    message.message().noteSignatures(change, letter);
    followCase.by(change, letter, message);
    message
        .acknowledged()
        .ifPresent(
            about ->
                writes.acknowledge(
                    change,
                    about,
                    records.row(about.ref()),
                    message.message().reading().acknowledgement().orElseThrow(),
                    letter.ref(),
                    now));
    return change.build();
  }

  /** An acknowledgement of a letter that the gateway wrote itself has no one else to reach. */
  private static boolean isPassedOn(ValidatedMessage message) {
    return message.acknowledged().filter(Letter::isWrittenByGateway).isEmpty();
  }

  private static Letter letter(ValidatedMessage message, Receipt receipt) {
    MessageReading reading = message.message().reading();
    return new Letter(
        message.message().ref(),
        Optional.of(receipt.bundleId()),
        reading.eventCode(),
        Optional.of(message.receiver().id()),
        receipt.caseId(),
        message.message().receivedAt(),
        message.message().receivedSha256(),
        message.message().contentDigest(),
        reading.payload().mediaType(),
        LetterStatus.RECORDED,
        Optional.of(receipt),
        List.of(),
        Optional.empty(),
        message.acknowledged().map(Letter::ref),
        Optional.empty(),
        1);
  }

  private Receipt receipt(ValidatedMessage message) {
    MessageReading reading = message.message().reading();
    return receipts.sign(
        reading.letterId(),
        reading.bundleId().orElseGet(BundleId::random),
        message.message().sender(),
        message.receiver().id(),
        caseId(message),
        message.message().receivedSha256(),
        message.message().receivedAt(),
        message.validatedBy(),
        message.judgement().warnings());
  }

  /**
   * The case that a letter of ours names, also where no certificate case stands behind it, as with
   * a discharge; of an Acknowledgement that of the letter it is about; of another letter of
   * MedCom's the one that it is followed in.
   */
  private Optional<CaseId> caseId(ValidatedMessage message) {
    if (message.acknowledged().isPresent()) {
      return message.acknowledged().get().caseId();
    }
    MessageReading reading = message.message().reading();
    return reading
        .event()
        .filter(event -> !event.isMedCom())
        .flatMap(event -> reading.caseId())
        .or(() -> followCase.caseOf(message));
  }

  private void note(Letter about, TimelineCode code, ValidatedMessage message) {
    records.commit(
        new Change(
            List.of(
                new Change.AddEvidence(
                    Evidence.of(
                        about,
                        message.message().receivedAt(),
                        code,
                        message.message().ref().toString())))));
  }
}
