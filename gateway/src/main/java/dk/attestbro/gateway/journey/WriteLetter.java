package dk.attestbro.gateway.journey;

import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Takes a plain letter: makes it a FHIR message and sends that on the one journey. */
public final class WriteLetter {
  private final Records records;
  private final DraftPlainLetter drafts;
  private final ReceiveRoute receive;
  private final Clock clock;

  public WriteLetter(Records records, DraftPlainLetter drafts, ReceiveRoute receive, Clock clock) {
    this.records = records;
    this.drafts = drafts;
    this.receive = receive;
    this.clock = clock;
  }

  /** Takes the letter, or says why not; never throws for bad input. */
  public Answer take(PlainLetter letter) {
    try {
      PartyId sender = ActingParty.of(letter.caller(), letter.actingAs());
      Optional<Letter> known = records.letter(new LetterRef(sender, letter.letterId()));
      if (known.isPresent()) {
        return again(letter, known.get());
      }
      Instant now = clock.instant();
      Payload written = drafts.draft(letter, sender, now);
      return receive.take(
          IncomingMessage.written(
              letter.caller(),
              written,
              sender,
              now,
              Optional.of(letter.requestDigest()),
              letter.receivedSha256(),
              letter.signatures(),
              !letter.confirmDuplicate()));
    } catch (MessageRefused refused) {
      return new Answer.Refused(refused.refusal(), Optional.empty());
    }
  }

  private static Answer again(PlainLetter letter, Letter known) {
    if (!known.contentDigest().equals(letter.requestDigest()) || known.receipt().isEmpty()) {
      throw new MessageRefused(RefusalReason.CONTENT_CHANGED, "Idempotency-Key");
    }
    return new Answer.Repeated(known.receipt().get());
  }
}
