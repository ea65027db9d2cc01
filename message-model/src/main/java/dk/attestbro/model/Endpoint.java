package dk.attestbro.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where and how a party receives. {@code address} is empty for an inbox. {@code trust} and {@code
 * encryptTo} hold certificates (DER). {@code receives} holds event codes, or {@code *}.
 */
public record Endpoint(
    Channel channel,
    Optional<URI> address,
    Optional<Certificate> trust,
    Optional<Certificate> encryptTo,
    Set<String> receives,
    boolean acknowledgesItself,
    RetryPolicy retry,
    Duration acknowledgementWait,
    int resends,
    Duration timeToLive) {
  public Endpoint {
    receives = Set.copyOf(receives);
  }

  /** The ways to reach a party. */
  public enum Channel {
    HTTPS,
    INBOX
  }

  /** Whether it takes this event; an Acknowledgement is taken by everyone. */
  public boolean takes(String eventCode) {
    return eventCode.equals(EventCode.ACKNOWLEDGEMENT.code())
        || receives.contains("*")
        || receives.contains(eventCode);
  }
}
