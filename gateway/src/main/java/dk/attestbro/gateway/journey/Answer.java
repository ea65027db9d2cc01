package dk.attestbro.gateway.journey;

import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;
import java.util.Optional;

/** What the sender is told. */
public sealed interface Answer {
  /** New, valid and recorded. */
  record Accepted(Receipt receipt) implements Answer {}

  /** Known already: the first answer again. */
  record Repeated(Receipt receipt) implements Answer {}

  /** Known already and finally acknowledged: that Acknowledgement in a new envelope. */
  record RepeatedAcknowledgement(Payload acknowledgement) implements Answer {}

  /** An Acknowledgement that says what is known already; it changed nothing. */
  record AcknowledgementIgnored() implements Answer {}

  /** An Acknowledgement taken out of its reader's inbox. */
  record TakenFromInbox() implements Answer {}

  /**
   * Not taken. {@code acknowledgement} is the fatal-error Acknowledgement that a refused letter
   * gets; without it the refusal itself is the answer.
   */
  record Refused(Refusal refusal, Optional<Payload> acknowledgement) implements Answer {}
}
