package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.ChannelTroubles;
import dk.attestbro.gateway.journey.CollectFiles;
import dk.attestbro.jms.QueueAddress;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Source;
import dk.attestbro.port.DirectorySource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a route for each queue, and one for each party with folders, that the directory names as a
 * way in; those that it names no more are stopped once what they hold is done.
 */
public final class SourceRoutes {
  /** The component of partners' queues on the gateway's own broker. */
  public static final String OWN_BROKER = "own-jms";

  private static final Logger LOG = LoggerFactory.getLogger(SourceRoutes.class);

  private final CamelContext camel;
  private final DirectorySource directory;
  private final JmsEdge jms;
  private final QueueEdge queues;
  private final CollectFiles files;
  private final ChannelTroubles troubles;
  private final Steps steps;

  public SourceRoutes(
      CamelContext camel,
      DirectorySource directory,
      JmsEdge jms,
      QueueEdge queues,
      CollectFiles files,
      ChannelTroubles troubles,
      Steps steps) {
    this.camel = camel;
    this.directory = directory;
    this.jms = jms;
    this.queues = queues;
    this.files = files;
    this.troubles = troubles;
    this.steps = steps;
  }

  /** A queue that a party sends through. */
  private record Way(PartyId party, QueueAddress queue) {
    String routeId() {
      return Endpoints.RECEIVE_JMS
          + "-"
          + party
          + "-"
          + queue.broker().map(name -> name + "-").orElse("")
          + queue.queue();
    }
  }

  /** Brings the routes in line with the directory. */
  public synchronized void follow() {
    Map<String, Way> wanted = new LinkedHashMap<>();
    for (Party party : directory.current().parties()) {
      boolean hasFolders = false;
      for (Source source : party.sources()) {
        hasFolders |= source.channel() == Channel.FILE;
        if (source.channel() == Channel.JMS) {
          Way way = new Way(party.id(), QueueAddress.of(source.address()));
          wanted.put(way.routeId(), way);
        }
      }
      if (hasFolders) {
        addFiles(party.id());
      }
    }
    for (Route route : Set.copyOf(camel.getRoutes())) {
      if (route.getRouteId().startsWith(Endpoints.RECEIVE_JMS + "-")
          && !wanted.containsKey(route.getRouteId())) {
        remove(route.getRouteId());
      }
    }
    wanted.forEach(this::addQueue);
  }

  private void addFiles(PartyId party) {
    if (camel.getRoute(Endpoints.RECEIVE_FILE + "-" + party) == null) {
      add("file " + party, new ReceiveFilesRouteBuilder(party, files, steps));
    }
  }

  private void addQueue(String routeId, Way way) {
    if (camel.getRoute(routeId) != null) {
      return;
    }
    String component = Endpoints.jmsComponent(way.queue().broker());
    String channel = "jms " + way.party();
    if (camel.getComponent(component) == null) {
      troubles.now(channel, Set.of("BROKER_NOT_CONFIGURED"));
      return;
    }
    add(
        channel,
        new ReceiveQueueRouteBuilder(
            routeId,
            Endpoints.receiveQueue(component, way.queue().queue()),
            way.party(),
            jms,
            queues,
            steps));
  }

  private void add(String channel, RouteBuilder route) {
    try {
      camel.addRoutes(route);
      troubles.now(channel, Set.of());
    } catch (Exception failed) {
      LOG.warn("{} is not listened to: {}", channel, ErrorHandling.kinds(failed));
      troubles.now(channel, Set.of("NOT_LISTENED_TO"));
    }
  }

  private void remove(String routeId) {
    try {
      camel.getRouteController().stopRoute(routeId);
      camel.removeRoute(routeId);
    } catch (Exception failed) {
      LOG.warn("{} did not stop: {}", routeId, ErrorHandling.kinds(failed));
    }
  }
}
