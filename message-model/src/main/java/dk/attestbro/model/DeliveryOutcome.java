package dk.attestbro.model;

import java.time.Duration;
import java.util.Optional;

/** What came of handing a letter to its receiver's channel. Reasons are codes, never content. */
public sealed interface DeliveryOutcome {
  /** A message in the receiver's response, where there was one. */
  Optional<Payload> response();

  /** Why it failed, as a code; empty where it did not. */
  String reason();

  /** The receiver's system took it; a message in its response, where there was one. */
  record Delivered(Optional<Payload> response) implements DeliveryOutcome {
    @Override
    public String reason() {
      return "";
    }
  }

  /**
   * Not now. {@code retryAfter} is the receiver's own wish; {@code perhapsDelivered} is true where
   * the attempt broke after the body was sent. {@code alarm} is true where an operator must look.
   * {@code response} is a message in the failed response, where there was one: an Acknowledgement
   * in it makes the letter delivered whatever the status.
   */
  record TransientFailure(
      String reason,
      Optional<Duration> retryAfter,
      boolean perhapsDelivered,
      boolean alarm,
      Optional<Payload> response)
      implements DeliveryOutcome {
    public TransientFailure(
        String reason, Optional<Duration> retryAfter, boolean perhapsDelivered, boolean alarm) {
      this(reason, retryAfter, perhapsDelivered, alarm, Optional.empty());
    }

    public TransientFailure(String reason) {
      this(reason, Optional.empty(), false, false);
    }
  }

  /**
   * Never this way: the receiver's system rejects it. {@code response} as with a {@link
   * TransientFailure}.
   */
  record FatalFailure(String reason, Optional<Payload> response) implements DeliveryOutcome {
    public FatalFailure(String reason) {
      this(reason, Optional.empty());
    }
  }
}
