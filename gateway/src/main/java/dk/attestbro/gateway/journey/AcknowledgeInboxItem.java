package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Change;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers an inbox letter for a party without FHIR: writes its Acknowledgement and sends it on the
 * one journey. An item that is itself an Acknowledgement is only taken out.
 */
public final class AcknowledgeInboxItem {
  private final Records records;
  private final Inbox inbox;
  private final DirectorySource directory;
  private final MessageWriter writer;
  private final OpenLetter openLetter;
  private final ReceiveRoute receive;
  private final Clock clock;

  public AcknowledgeInboxItem(
      Records records,
      Inbox inbox,
      DirectorySource directory,
      MessageWriter writer,
      OpenLetter openLetter,
      ReceiveRoute receive,
      Clock clock) {
    this.records = records;
    this.inbox = inbox;
    this.directory = directory;
    this.writer = writer;
    this.openLetter = openLetter;
    this.receive = receive;
    this.clock = clock;
  }

  /** Takes the answer, or says why not; never throws for bad input. */
  public Answer take(
      Caller caller,
      PartyId receiver,
      LetterId id,
      Optional<PartyId> sender,
      AcknowledgementCode code,
      List<AcknowledgementIssue> issues) {
    try {
      Letter letter = find(receiver, id, sender);
      if (letter.isAcknowledgement()) {
        return takeOut(receiver, letter);
      }
      Instant now = clock.instant();
      Payload written = write(letter, receiver, code, issues, now);
      return receive.take(
          IncomingMessage.written(
              new Caller(Set.of(receiver), false, caller.label()),
              written,
              receiver,
              now,
              Optional.empty(),
              written.sha256(),
              List.of(),
              false));
    } catch (MessageRefused refused) {
      return new Answer.Refused(refused.refusal(), Optional.empty());
    }
  }

  private Answer takeOut(PartyId receiver, Letter letter) {
    boolean there =
        inbox.items(receiver, letter.ref().id()).stream()
            .anyMatch(item -> item.letter().ref().equals(letter.ref()));
    if (!there) {
      return new Answer.AcknowledgementIgnored();
    }
    records.commit(new Change(List.of(new Change.TakeInboxItem(receiver, letter.ref()))));
    return new Answer.TakenFromInbox();
  }

  private Letter find(PartyId receiver, LetterId id, Optional<PartyId> sender) {
    List<Letter> candidates =
        records.letters(id).stream()
            .filter(l -> l.receiver().filter(receiver::equals).isPresent())
            .filter(l -> l.status() != LetterStatus.REFUSED)
            .filter(l -> sender.map(s -> s.equals(l.ref().sender())).orElse(true))
            .toList();
    if (candidates.isEmpty()) {
      throw new MessageRefused(RefusalReason.NOT_FOUND);
    }
    if (candidates.size() > 1) {
      throw new MessageRefused(RefusalReason.SENDER_AMBIGUOUS);
    }
    return candidates.get(0);
  }

  private Payload write(
      Letter letter,
      PartyId receiver,
      AcknowledgementCode code,
      List<AcknowledgementIssue> issues,
      Instant now) {
    Directory parties = directory.current();
    return writer.acknowledgement(
        new AcknowledgementDraft(
            LetterId.random(),
            BundleId.random(),
            now,
            parties.party(receiver).orElseThrow(),
            parties.party(letter.ref().sender()).orElseThrow(),
            Optional.empty(),
            letter.ref().id(),
            code,
            issues,
            openLetter.read(letter.ref())),
        MediaType.FHIR_JSON);
  }
}
