package dk.attestbro.samples;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RetryPolicy;
import dk.attestbro.port.Delivery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attempts to deliver to an address of a channel. */
public final class Deliveries {
  private Deliveries() {}

  /** A request of employment-aarhus to psychiatry-midt, which receives at this address. */
  public static Delivery to(Endpoint.Channel channel, URI address, BundleId bundle, Payload body) {
    return from("employment-aarhus", channel, address, bundle, body);
  }

  /** The same of another sender. */
  public static Delivery from(
      String sender, Endpoint.Channel channel, URI address, BundleId bundle, Payload body) {
    Party receiver = receiver(endpoint(channel, address));
    return new Delivery(
        receiver,
        receiver.endpoint().orElseThrow(),
        new Letter(
            new LetterRef(new PartyId(sender), new LetterId("letter-1")),
            Optional.of(bundle),
            EventCode.CERTIFICATE_REQUEST.code(),
            Optional.of(receiver.id()),
            Optional.empty(),
            Instant.EPOCH,
            body.sha256(),
            body.sha256(),
            body.mediaType(),
            LetterStatus.QUEUED,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1),
        bundle,
        body);
  }

  private static Endpoint endpoint(Endpoint.Channel channel, URI address) {
    return new Endpoint(
        channel,
        Optional.of(address),
        Optional.empty(),
        Optional.empty(),
        Set.of("*"),
        Set.of(),
        Endpoint.Acknowledges.APPLICATION,
        RetryPolicy.parse("3:1m"),
        Duration.ofMinutes(30),
        2,
        Duration.ofDays(7));
  }

  private static Party receiver(Endpoint endpoint) {
    return new Party(
        new PartyId("psychiatry-midt"),
        "Psykiatrien",
        Party.Kind.REGION,
        Optional.empty(),
        Optional.empty(),
        "2234567890123456",
        "5790000121526",
        Optional.empty(),
        Optional.empty(),
        LocalDate.EPOCH,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        true,
        Optional.of(endpoint),
        Optional.empty(),
        List.of());
  }
}
