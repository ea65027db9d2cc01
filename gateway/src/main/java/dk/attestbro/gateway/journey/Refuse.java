package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.util.List;
import java.util.Optional;

/**
 * Answers what is refused. A partner's letter is recorded first, without content: ids, digest and
 * problems, so that the same letter gets the same answer again. What the gateway wrote for a plain
 * request leaves no trace, and its id stays free.
 */
public final class Refuse {
  private final Records records;
  private final DirectorySource directory;
  private final RefusalAcknowledgement acknowledgements;
  private final Recognise recognise;
  private final Alarms alarms;

  public Refuse(
      Records records,
      DirectorySource directory,
      RefusalAcknowledgement acknowledgements,
      Recognise recognise,
      Alarms alarms) {
    this.records = records;
    this.directory = directory;
    this.acknowledgements = acknowledgements;
    this.recognise = recognise;
    this.alarms = alarms;
  }

  /** Refused before there was a letter to answer, or as something that is never acknowledged. */
  public Answer plainly(MessageRefused refused) {
    RefusalReason reason = refused.refusal().reason();
    if (reason == RefusalReason.ACKNOWLEDGEMENT_INVALID
        || reason == RefusalReason.ACKNOWLEDGEMENT_UNMATCHED) {
      alarms.raise(TimelineCode.ACKNOWLEDGEMENT_REJECTED, "", reason.name());
    }
    return new Answer.Refused(refused.refusal(), Optional.empty());
  }

  /** Refused as a letter: recorded, then answered with a fatal-error Acknowledgement. */
  public Answer withAcknowledgement(LetterRefused refused) {
    AuthenticatedMessage message = refused.message();
    if (message.isWrittenByGateway()) {
      return plainLetter(refused);
    }
    LetterId refusalId = LetterId.random();
    Letter letter = letter(message, refused.refusal(), refusalId);
    Change.Builder change = new Change.Builder();
    change.add(new Change.AddLetter(letter));
    letter
        .bundleId()
        .ifPresent(id -> change.add(new Change.AddEnvelope(message.sender(), id, letter.ref())));
    change.add(
        new Change.AddEvidence(
            Evidence.of(
                letter,
                message.receivedAt(),
                TimelineCode.REFUSED,
                refused.refusal().reason().name())));
    message.noteSignatures(change, letter);
    Commit commit = records.commit(change.build());
    if (commit == Commit.DONE) {
      return new Answer.Refused(
          refused.refusal(),
          Optional.of(acknowledgements.of(message, refused.refusal().problems(), refusalId)));
    }
    return afterAnother(message);
  }

  /** Leaves no trace, so that it may come again; where it did, and was quicker, that counts. */
  private Answer plainLetter(LetterRefused refused) {
    try {
      if (recognise.letter(refused.message()) instanceof Recognised.KnownLetter known) {
        return known.answer();
      }
    } catch (MessageRefused changed) {
      return plainly(changed);
    }
    return new Answer.Refused(
        new Refusal(
            refused.refusal().problems().stream()
                .map(problem -> ofPlainLetter(problem, refused.message()))
                .distinct()
                .toList()),
        Optional.empty());
  }

  /** Its sender knows fields, not the places of the message that was written of them. */
  private static Problem ofPlainLetter(Problem problem, AuthenticatedMessage message) {
    return new Problem(problem.reason(), field(problem, message), problem.hint());
  }

  private static String field(Problem problem, AuthenticatedMessage message) {
    EventCode event = message.reading().event().orElseThrow();
    if (problem.path().contains(".destination")) {
      return "receiver";
    }
    if (problem.reason() == RefusalReason.REPLY_UNKNOWN) {
      return event == EventCode.CERTIFICATE_CORRECTION ? "corrects" : "retracts";
    }
    return CaseRules.opens(event) ? "" : "caseId";
  }

  /** A parallel copy was quicker: its answer is ours. */
  private Answer afterAnother(AuthenticatedMessage message) {
    try {
      return recognise.letter(message) instanceof Recognised.KnownLetter known
          ? known.answer()
          : new Answer.Refused(Refusal.of(RefusalReason.CANNOT_RECORD), Optional.empty());
    } catch (MessageRefused refused) {
      return plainly(refused);
    } catch (LetterRefused refused) {
      return withAcknowledgement(refused);
    }
  }

  private Letter letter(AuthenticatedMessage message, Refusal refusal, LetterId refusalId) {
    MessageReading reading = message.reading();
    boolean bundleTaken =
        refusal.problems().stream()
            .map(Problem::reason)
            .anyMatch(RefusalReason.BUNDLE_ID_REUSED::equals);
    Optional<BundleId> bundle = bundleTaken ? Optional.empty() : reading.bundleId();
    return new Letter(
        message.ref(),
        bundle,
        reading.event().map(e -> e.code()).orElse("unknown"),
        receiver(reading),
        Optional.empty(),
        message.receivedAt(),
        message.receivedSha256(),
        message.contentDigest(),
        reading.payload().mediaType(),
        LetterStatus.REFUSED,
        Optional.empty(),
        List.copyOf(refusal.problems()),
        Optional.of(refusalId),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private Optional<PartyId> receiver(MessageReading reading) {
    return reading.destinations().stream()
        .filter(d -> reading.isCarbonCopy() ? d.isCopy() : d.isPrimary())
        .map(d -> d.receiver().sor())
        .filter(sor -> !sor.isEmpty())
        .flatMap(sor -> directory.current().bySor(sor).stream())
        .map(party -> party.id())
        .findFirst();
  }
}
