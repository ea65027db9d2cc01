package dk.attestbro.directory;

import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Fallback;
import dk.attestbro.model.Party;
import dk.attestbro.model.QueueNames;
import dk.attestbro.model.Source;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queues and folders of all parties. A way in belongs to one party, and is nobody's way out:
 * else the gateway would take its own letters in again. Nor are the queues beside it, for what lies
 * there is its party's alone.
 */
final class Ways {
  private final List<In> in = new ArrayList<>();
  private final Set<URI> out = new HashSet<>();

  private record In(URI address, YamlSection section) {}

  void add(Party party, YamlSection section) {
    for (Source source : party.sources()) {
      if (source.channel() == Channel.JMS || source.channel() == Channel.FILE) {
        in.add(new In(source.address(), section));
      }
    }
    Stream.of(party.endpoint(), party.fallback().map(Fallback::endpoint))
        .flatMap(Optional::stream)
        .filter(e -> e.channel() == Channel.JMS || e.channel() == Channel.FILE)
        .map(Endpoint::address)
        .flatMap(Optional::stream)
        .forEach(out::add);
  }

  void mistakes() {
    Set<URI> seen = new HashSet<>();
    Set<URI> ins = in.stream().map(In::address).collect(Collectors.toSet());
    for (In way : in) {
      if (!seen.add(way.address())) {
        way.section()
            .mistake("sends", "a queue or folder is one party's way in, this stands twice");
      } else if (out.contains(way.address())) {
        way.section()
            .mistake("sends", "a way in cannot be a way out, an endpoint has this address");
      } else if (beside(way.address()).anyMatch(one -> ins.contains(one) || out.contains(one))) {
        way.section()
            .mistake("sends", "the queue's .answers and .refused cannot be a way of their own");
      }
    }
  }

  /** The queues that answers to what comes by this one may be put on. */
  private static Stream<URI> beside(URI way) {
    String address = way.toString();
    return address.startsWith("jms:")
        ? Stream.of(QueueNames.answers(address), QueueNames.refused(address)).map(URI::create)
        : Stream.empty();
  }
}
