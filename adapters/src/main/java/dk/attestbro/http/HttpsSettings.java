package dk.attestbro.http;

import java.time.Duration;

/**
 * Limits of one attempt.
 *
 * @param connectTimeout until the connection stands
 * @param timeout for the whole attempt, the response's body included
 * @param mostResponseBytes a longer response body is left aside, and the status alone decides
 */
public record HttpsSettings(Duration connectTimeout, Duration timeout, int mostResponseBytes) {
  /** 10 seconds, 60 seconds, 10 MB. */
  public static HttpsSettings defaults() {
    return new HttpsSettings(Duration.ofSeconds(10), Duration.ofSeconds(60), 10_000_000);
  }
}
