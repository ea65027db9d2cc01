package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import java.util.Optional;

/** Why an operator does what is asked for, in words of which only a digest is kept. */
final class OperatorReason {
  static final int LONGEST = 500;

  private OperatorReason() {}

  /** The reason alone in a body. */
  static String only(Fields body) {
    String reason = in(body);
    body.end();
    return reason;
  }

  /** The reason beside other fields; what is wrong with it is noted as a problem. */
  static String in(Fields body) {
    String reason = body.text("reason");
    if (reason.length() > LONGEST) {
      body.invalid("reason", "max " + LONGEST);
    } else if (reason.isBlank()
        && (!body.node().hasNonNull("reason") || body.node().get("reason").isString())) {
      body.missing("reason");
    }
    return reason;
  }

  static void requireDone(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw new MessageRefused(refusal.get());
    }
  }
}
