package dk.attestbro.port;

import java.time.Instant;

/** Signs requests to webhooks as the Standard Webhooks specification says. */
@FunctionalInterface
public interface WebhookSigning {
  /**
   * The value of {@code webhook-signature}, with every secret in the file as it is now.
   *
   * @throws IllegalArgumentException where the file holds no secret that can be used
   */
  String sign(String secretFile, String id, Instant at, byte[] body);
}
