package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import java.time.Instant;
import java.util.List;

/**
 * A message whose sender is proven. {@code receivedSha256} is of the body as received, before a CMS
 * wrapping was opened. {@code problems} are what is already known to be wrong with the sender's
 * identifiers; they do not shake who it is.
 */
public record AuthenticatedMessage(
    IncomingMessage incoming,
    MessageReading reading,
    Digest receivedSha256,
    PartyId sender,
    List<Problem> problems) {
  public AuthenticatedMessage {
    problems = List.copyOf(problems);
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
}
