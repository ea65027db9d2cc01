package dk.attestbro.jms;

import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Fallback;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.QueueNames;
import dk.attestbro.model.Source;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The queues on the gateway's own broker that parties have by the directory: those that they send
 * to, and those that they take from, answers and refusals of what they sent among them.
 */
record PartnerQueues(Set<String> sends, Set<String> takes) {
  PartnerQueues {
    sends = Set.copyOf(sends);
    takes = Set.copyOf(takes);
  }

  /** Those of these parties. */
  static PartnerQueues of(Directory directory, Collection<PartyId> parties) {
    return of(directory.parties().stream().filter(party -> parties.contains(party.id())));
  }

  /** Those of all parties. */
  static PartnerQueues of(Directory directory) {
    return of(directory.parties().stream());
  }

  private static PartnerQueues of(Stream<Party> parties) {
    Set<String> sends = new HashSet<>();
    Set<String> takes = new HashSet<>();
    parties.forEach(
        party -> {
          for (Source source : party.sources()) {
            own(source.channel(), Optional.of(source.address())).ifPresent(sends::add);
          }
          Stream.of(party.endpoint(), party.fallback().map(Fallback::endpoint))
              .flatMap(Optional::stream)
              .flatMap(endpoint -> own(endpoint).stream())
              .forEach(takes::add);
        });
    for (String queue : sends) {
      takes.add(QueueNames.answers(queue));
      takes.add(QueueNames.refused(queue));
    }
    return new PartnerQueues(sends, takes);
  }

  private static Optional<String> own(Endpoint endpoint) {
    return own(endpoint.channel(), endpoint.address());
  }

  /** The queue at this address, where it is one of the gateway's own broker. */
  private static Optional<String> own(Channel channel, Optional<URI> address) {
    return address
        .filter(any -> channel == Channel.JMS)
        .map(QueueAddress::of)
        .filter(queue -> queue.broker().isEmpty())
        .map(QueueAddress::queue);
  }

  /** Whether it is one of them. */
  boolean has(String queue) {
    return sends.contains(queue) || takes.contains(queue);
  }
}
