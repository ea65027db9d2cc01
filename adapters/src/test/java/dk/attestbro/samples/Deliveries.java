package dk.attestbro.samples;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Delivery;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    return from(sender, EndpointSample.of(channel).at(address).endpoint(), bundle, body);
  }

  /** A request of employment-aarhus to psychiatry-midt, which receives there. */
  public static Delivery to(Endpoint endpoint, BundleId bundle, Payload body) {
    return from("employment-aarhus", endpoint, bundle, body);
  }

  private static Delivery from(String sender, Endpoint endpoint, BundleId bundle, Payload body) {
    Party receiver = SampleDirectory.with(SampleDirectory.MIDT, endpoint);
    return new Delivery(
        receiver,
        endpoint,
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
}
