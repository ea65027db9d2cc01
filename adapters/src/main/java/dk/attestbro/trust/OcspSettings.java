package dk.attestbro.trust;

import java.time.Duration;

/**
 * How responders are asked.
 *
 * @param enabled whether they are asked at all
 * @param timeout how long one answer may take, all of it
 * @param maxAge an answer counts no longer than this after its thisUpdate, whatever it says
 * @param refresh how long an answer is used before a newer one is asked for
 * @param nonce whether a nonce is sent, and demanded back
 */
public record OcspSettings(
    boolean enabled, Duration timeout, Duration maxAge, Duration refresh, Nonce nonce) {
  /** What is done about replays beside the times in an answer. */
  public enum Nonce {
    /** None is sent: responders that answer from stock have none. */
    NONE,
    /** One is sent; an answer with another one is refused, one without is taken. */
    OFFERED,
    /** One is sent and must come back. */
    DEMANDED
  }
}
