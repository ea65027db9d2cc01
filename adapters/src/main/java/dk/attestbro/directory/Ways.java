package dk.attestbro.directory;

import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Fallback;
import dk.attestbro.model.Party;
import dk.attestbro.model.Source;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The queues and folders of all parties. A way in belongs to one party, and is nobody's way out:
 * else the gateway would take its own letters in again.
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
    for (In way : in) {
      if (!seen.add(way.address())) {
        way.section()
            .mistake("sends", "a queue or folder is one party's way in, this stands twice");
      } else if (out.contains(way.address())) {
        way.section()
            .mistake("sends", "a way in cannot be a way out, an endpoint has this address");
      }
    }
  }
}
