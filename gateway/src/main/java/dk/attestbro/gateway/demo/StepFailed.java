package dk.attestbro.gateway.demo;

/** A step of the demo or the bench did not do what it must; the message says what was found. */
public final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(message);
  }

  StepFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
