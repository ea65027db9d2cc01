package dk.attestbro.gateway.operations;

import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.port.ChannelProbe.Part;
import dk.attestbro.port.HopTimer;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.MessageProtection.CertificateUnusable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes the way to a party as a letter would, as far as that can be done without handing one over:
 * the directory, the encryption to its certificate, its channel. Stops where a letter would.
 */
public final class ProbeParty {
  private static final Payload NOTHING =
      new Payload("test".getBytes(StandardCharsets.US_ASCII), MediaType.FHIR_JSON);

  private final Map<Endpoint.Channel, ChannelProbe> channels;
  private final MessageProtection protection;
  private final Clock clock;

  public ProbeParty(
      Map<Endpoint.Channel, ChannelProbe> channels, MessageProtection protection, Clock clock) {
    this.channels = Map.copyOf(channels);
    this.protection = protection;
    this.clock = clock;
  }

  /** What was tried, in order, up to the first that failed. */
  public List<Hop> probe(Party party) {
    Instant now = clock.instant();
    HopTimer timer = new HopTimer();
    Optional<Endpoint> endpoint = party.endpoint();
    if (endpoint.isEmpty()) {
      return timer.ended(Part.DIRECTORY, "RECEIVER_HAS_NO_ENDPOINT").hops();
    }
    if (!party.isValidOn(DeadlineRule.day(now))) {
      return timer.ended(Part.DIRECTORY, "RECEIVER_EXPIRED").hops();
    }
    timer.good(Part.DIRECTORY);
    if (endpoint.get().encryptTo().isPresent() && !encrypts(endpoint.get(), timer, now)) {
      return timer.hops();
    }
    List<Hop> all = new ArrayList<>(timer.hops());
    all.addAll(channel(endpoint.get()));
    return List.copyOf(all);
  }

  private boolean encrypts(Endpoint endpoint, HopTimer timer, Instant now) {
    try {
      protection.protect(NOTHING, endpoint.encryptTo().orElseThrow(), now);
      timer.good(Part.ENCRYPTION);
      return true;
    } catch (CertificateUnusable unusable) {
      timer.ended(Part.ENCRYPTION, String.valueOf(unusable.getMessage()));
      return false;
    }
  }

  private List<Hop> channel(Endpoint endpoint) {
    if (endpoint.channel() == Endpoint.Channel.INBOX) {
      return new HopTimer().good(Part.PLACE).hops();
    }
    ChannelProbe probe = channels.get(endpoint.channel());
    return probe == null
        ? new HopTimer().ended(Part.CONNECTION, "CHANNEL_NOT_CONFIGURED").hops()
        : probe.probe(endpoint);
  }
}
