package dk.attestbro.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * What an authorised responder said about one certificate. Not copied.
 *
 * @param nextUpdate when it is to say something newer, where it told
 */
@SuppressWarnings("ArrayRecordComponent")
record OcspAnswer(Status status, Instant thisUpdate, Optional<Instant> nextUpdate, byte[] der) {
  /** The three things that can be said. */
  enum Status {
    GOOD,
    REVOKED,
    UNKNOWN
  }
}
