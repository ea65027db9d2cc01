package dk.attestbro.gateway.wiring;

import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.EmbeddedBroker;
import dk.attestbro.port.ServerTrust;
import java.util.Optional;

/** The broker that the settings ask for, and the connections to it; closed in the right order. */
record Broker(Optional<EmbeddedBroker> embedded, BrokerConnections connections)
    implements AutoCloseable {

  /** The site's broker, or one in this process. */
  static Broker open(GatewaySettings settings, ServerTrust servers) {
    GatewaySettings.Broker asked = settings.broker();
    if (!asked.url().isBlank()) {
      return new Broker(
          Optional.empty(),
          BrokerConnections.external(asked.url(), asked.user(), asked.password(), servers));
    }
    EmbeddedBroker embedded = EmbeddedBroker.start(settings.data().resolve("artemis"));
    return new Broker(Optional.of(embedded), embedded.connections());
  }

  @Override
  public void close() {
    connections.close();
    embedded.ifPresent(EmbeddedBroker::close);
  }
}
