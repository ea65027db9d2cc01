package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.PlainLetter;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Refusal;
import dk.attestbro.port.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that the API asks the journey to do. {@code write} and {@code acknowledge} throw
 * nothing for bad content; {@code open} gives a letter's content where it is still held.
 */
public record JourneyCalls(
    ReceiveRoute receive,
    Function<PlainLetter, Answer> write,
    Acknowledging acknowledge,
    OnLetter resend,
    OnLetter redirect,
    OnLetter close,
    OnParty pause,
    OnParty resume,
    Function<LetterRef, Optional<Payload>> open) {

  /** Acknowledges an inbox item as its receiver. */
  @FunctionalInterface
  public interface Acknowledging {
    Answer take(
        Caller caller,
        PartyId receiver,
        LetterId letter,
        Optional<PartyId> sender,
        AcknowledgementCode code,
        List<AcknowledgementIssue> issues);
  }

  /** An operator's act on a dead letter; the refusal where it is not possible. */
  @FunctionalInterface
  public interface OnLetter {
    Optional<Refusal> act(LetterRef letter, String reason, String label);
  }

  /** An operator's act on a party's queue; the refusal where it is not possible. */
  @FunctionalInterface
  public interface OnParty {
    Optional<Refusal> act(PartyId party, String reason, String label);
  }
}
