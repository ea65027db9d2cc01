package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.port.Change;
import dk.attestbro.port.SenderSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message whose sender is proven. {@code receivedSha256} is of the body as received, before a CMS
 * wrapping was opened. {@code problems} are what is already known to be wrong with the sender's
 * identifiers; they do not shake who it is. {@code signatures} are those on the mail that it came
 * in, then those on itself.
 */
public record AuthenticatedMessage(
    IncomingMessage incoming,
    MessageReading reading,
    Digest receivedSha256,
    PartyId sender,
    List<Problem> problems,
    List<SignedBy> signatures) {
  public AuthenticatedMessage {
    problems = List.copyOf(problems);
    signatures = List.copyOf(signatures);
  }

  public LetterRef ref() {
    return new LetterRef(sender, reading.letterId());
  }

  /** The digest by which a repetition is known to say the same. */
  public Digest contentDigest() {
    return incoming.requestDigest().orElseGet(reading::contentDigest);
  }

  public Instant receivedAt() {
    return incoming.receivedAt();
  }

  public boolean isWrittenByGateway() {
    return incoming.origin() == IncomingMessage.Origin.GATEWAY;
  }

  /** What its sender signed, nearest to the content; empty where it came unsigned. */
  Optional<SenderSignature> signature() {
    return signatures.stream().reduce((outer, inner) -> inner).map(SignedBy::made);
  }

  /** Tells in the letter's evidence by what its signatures are relied upon, and what they sign. */
  void noteSignatures(Change.Builder change, Letter letter) {
    for (SignedBy signed : signatures) {
      Optional<Digest> digest = Optional.of(signed.made().signed(reading.payload()));
      LetterWrites.noteSignatures(change, letter, signed.relied(), digest, receivedAt());
    }
  }
}
