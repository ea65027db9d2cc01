package dk.attestbro.gateway.journey;

import dk.attestbro.model.Refusal;

/**
 * A letter whose sender is proven, and why it is refused: it is answered with an Acknowledgement.
 */
public final class LetterRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient AuthenticatedMessage message;
  private final transient Refusal refusal;

  LetterRefused(AuthenticatedMessage message, Refusal refusal) {
    super(refusal.reason().name(), null, false, false);
    this.message = message;
    this.refusal = refusal;
  }

  AuthenticatedMessage message() {
    return message;
  }

  Refusal refusal() {
    return refusal;
  }
}
