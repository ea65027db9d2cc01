package dk.attestbro.jms;

import java.net.URI;
import java.util.Optional;

/** A queue, on the gateway's own broker or on one that the settings name. */
public record QueueAddress(Optional<String> broker, String queue) {
  /** Reads {@code jms:queue} or {@code jms://broker/queue}, as the directory has checked it. */
  public static QueueAddress of(URI address) {
    return Optional.ofNullable(address.getAuthority())
        .map(broker -> new QueueAddress(Optional.of(broker), address.getPath().substring(1)))
        .orElseGet(() -> new QueueAddress(Optional.empty(), address.getSchemeSpecificPart()));
  }
}
