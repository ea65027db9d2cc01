package dk.attestbro.gateway.journey;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Endpoint;
import java.nio.charset.StandardCharsets;

/** Tells whether a letter in the queue was protected for the endpoint that its receiver has now. */
final class EndpointMark {
  private EndpointMark() {}

  /** A fingerprint of channel, address and encryption certificate. */
  static String of(Endpoint endpoint) {
    String text =
        endpoint.channel()
            + "\n"
            + endpoint.address().map(Object::toString).orElse("")
            + "\n"
            + endpoint.encryptTo().map(Certificate::fingerprint).map(Digest::hex).orElse("");
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
