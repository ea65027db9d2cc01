package dk.attestbro.gateway.journey;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Caller;
import dk.attestbro.port.MessageProtection;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes an Acknowledgement that came in the response to a delivery, as if the receiver had posted
 * it: same door, same checks. Anything else in a response is left alone.
 */
public final class ResponseAcknowledgement {
  private final MessageReader reader;
  private final MessageProtection protection;
  private final ReceiveRoute receive;
  private final Alarms alarms;
  private final Clock clock;

  public ResponseAcknowledgement(
      MessageReader reader,
      MessageProtection protection,
      ReceiveRoute receive,
      Alarms alarms,
      Clock clock) {
    this.reader = reader;
    this.protection = protection;
    this.receive = receive;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Whether the response held a valid Acknowledgement for this letter, which now counts. */
  boolean take(Caller receiver, LetterRef letter, Payload response) {
    if (!isAcknowledgementOf(letter, response)) {
      return false;
    }
    Answer answer =
        receive.take(IncomingMessage.of(receiver, response, Optional.empty(), clock.instant()));
    if (answer instanceof Answer.Refused refused) {
      alarms.raise(
          TimelineCode.ACKNOWLEDGEMENT_REJECTED,
          letter.toString(),
          refused.refusal().reason().name());
      return false;
    }
    return true;
  }

  private boolean isAcknowledgementOf(LetterRef letter, Payload response) {
    try {
      Payload content =
          response.mediaType() == MediaType.CMS
              ? protection.open(response.bytes(), clock.instant()).content()
              : response;
      MessageReading reading = reader.read(content);
      return reading
          .acknowledgement()
          .filter(a -> a.acknowledges().equals(letter.id()))
          .isPresent();
    } catch (MessageRefused notOne) {
      return false;
    }
  }
}
