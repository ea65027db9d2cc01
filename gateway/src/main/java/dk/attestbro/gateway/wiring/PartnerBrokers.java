package dk.attestbro.gateway.wiring;

import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.port.ServerTrust;
import jakarta.jms.ConnectionFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The brokers that partners' queues lie on: the gateway's own, and those of partners, by name; the
 * partners' are closed here.
 */
final class PartnerBrokers implements AutoCloseable {
  private final OwnQueues own;
  private final Map<String, BrokerConnections> partners = new TreeMap<>();

  PartnerBrokers(OwnQueues own, JmsSettings settings, ServerTrust servers) {
    this.own = own;
    settings
        .brokers()
        .forEach(
            (name, broker) -> {
              requireTls(name, broker.url());
              partners.put(
                  name,
                  BrokerConnections.partner(
                      broker.url(), broker.user(), broker.password(), servers));
            });
  }

  private static void requireTls(String name, String url) {
    boolean local =
        url.matches("tcp://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?([/?].*)?")
            || url.startsWith("vm://");
    // SECURITY: without this the gateway's password would cross a network in clear text.
    if (!local && !url.contains("sslEnabled=true")) {
      throw new StartRefused(
          "attestbro.jms.brokers." + name + ".url: needs sslEnabled=true beyond this machine");
    }
    // SECURITY: with these anyone could stand for the broker.
    for (String open : List.of("trustAll=true", "verifyHost=false", "useDefaultSslContext=true")) {
      if (!local && url.contains(open)) {
        throw new StartRefused(
            "attestbro.jms.brokers."
                + name
                + ".url: "
                + open
                + " is not taken: a broker must show"
                + " a certificate that is trusted, for its own name");
      }
    }
  }

  Map<String, BrokerConnections> partners() {
    return partners;
  }

  BrokerConnections own() {
    return own.connections();
  }

  /** Connections for sending; none where the settings name no such broker. */
  Optional<ConnectionFactory> producers(Optional<String> name) {
    return name.map(n -> Optional.ofNullable(partners.get(n)))
        .orElseGet(() -> Optional.of(own()))
        .map(BrokerConnections::producers);
  }

  @Override
  public void close() {
    partners.values().forEach(BrokerConnections::close);
  }
}
