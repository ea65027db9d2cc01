package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.QueueDoor;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.DirectorySource;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own broker as partners' queues see it: the door that partners connect to where the
 * settings open one, else the broker that the gateway itself uses.
 */
final class OwnQueues implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnQueues.class);
  private static final String SETTING = "attestbro.broker.partners.port";

  private final Optional<QueueDoor> door;
  private final BrokerConnections connections;

  private OwnQueues(Optional<QueueDoor> door, BrokerConnections connections) {
    this.door = door;
    this.connections = connections;
  }

  /** On the broker that the gateway itself uses. */
  static OwnQueues on(BrokerConnections connections) {
    return new OwnQueues(Optional.empty(), connections);
  }

  /**
   * Opens the door.
   *
   * @throws StartRefused where the other settings do not let it, or it cannot listen
   */
  static OwnQueues open(
      GatewaySettings settings,
      GatewayKeys keys,
      PartnerTrust trust,
      CallerIdentification callers,
      DirectorySource directory,
      Counter refusals) {
    check(settings.broker(), keys.current().listener().isPresent());
    Supplier<SSLContext> context =
        keys.derive(set -> ListenerContext.showing(set.listener().orElseThrow(), trust));
    GatewaySettings.Partners at = settings.broker().partners();
    try {
      QueueDoor door =
          QueueDoor.open(
              new QueueDoor.Place(
                  settings.data().resolve("artemis-partners"),
                  at.address(),
                  at.port(),
                  settings.maxMessageBytes()),
              new QueueDoor.Tls(() -> ModernTls.demandingACertificate(context.get()), trust),
              callers,
              directory,
              code -> refusals.increment());
      LOG.info("partners reach their queues on {}:{}", at.address(), at.port());
      return new OwnQueues(Optional.of(door), door.connections());
    } catch (IllegalStateException failed) {
      throw new StartRefused(SETTING + ": " + failed.getMessage());
    }
  }

  /**
   * @param tls whether the gateway has a certificate to show
   * @throws StartRefused where there can be no door with these settings
   */
  static void check(GatewaySettings.Broker broker, boolean tls) {
    if (!broker.url().isBlank()) {
      throw new StartRefused(
          SETTING
              + ": partners reach a broker in this process, and attestbro.broker.url names another;"
              + " let them connect to that one, or take one of the two settings away");
    }
    // SECURITY: there is no door in clear text, and who comes is told by TLS alone.
    if (!tls) {
      throw new StartRefused(
          SETTING
              + ": needs TLS; set server.ssl.certificate and server.ssl.certificate-private-key in"
              + " config/application.yaml");
    }
  }

  BrokerConnections connections() {
    return connections;
  }

  @Override
  public void close() {
    door.ifPresent(
        open -> {
          connections.close();
          open.close();
        });
  }
}
