package dk.attestbro.gateway.journey;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes an Acknowledgement that came in the response to a delivery, as if the receiver had posted
 * it: same door, same checks. Anything else in a response is left alone.
 */
public final class ResponseAcknowledgement {
  private final OpenMessage openMessage;
  private final ReceiveRoute receive;
  private final Alarms alarms;
  private final Clock clock;

  public ResponseAcknowledgement(
      OpenMessage openMessage, ReceiveRoute receive, Alarms alarms, Clock clock) {
    this.openMessage = openMessage;
    this.receive = receive;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Whether the response held a valid Acknowledgement for this letter, which now counts. */
  boolean take(Caller receiver, LetterRef letter, Payload response) {
    Instant now = clock.instant();
    Optional<OpenedMessage> acknowledgement = acknowledgementOf(letter, response, now);
    if (acknowledgement.isEmpty()) {
      return false;
    }
    Answer answer =
        receive.take(
            IncomingMessage.of(receiver, response, Optional.empty(), now)
                .alreadyOpen(acknowledgement.get()));
    if (answer instanceof Answer.Refused refused) {
      alarms.raise(
          TimelineCode.ACKNOWLEDGEMENT_REJECTED,
          letter.toString(),
          refused.refusal().reason().name());
      return false;
    }
    return true;
  }

  private Optional<OpenedMessage> acknowledgementOf(
      LetterRef letter, Payload response, Instant now) {
    try {
      return Optional.of(openMessage.open(response, now))
          .filter(
              opened ->
                  opened
                      .reading()
                      .acknowledgement()
                      .filter(a -> a.acknowledges().equals(letter.id()))
                      .isPresent());
    } catch (MessageRefused notOne) {
      return Optional.empty();
    }
  }
}
