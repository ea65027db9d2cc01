package dk.attestbro.jms;

import dk.attestbro.model.Digest;
import dk.attestbro.model.QueueNames;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.DirectorySource;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509TrustManager;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker of the gateway's that partners reach, apart from the one that carries what is due: they
 * send to and take from the queues that the directory gives them, by their client certificates.
 * What one of them sends cannot fill the other broker, nor reach it.
 */
public final class QueueDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueDoor.class);
  private static final String ACCEPTOR = "partners";
  private static final long LOOK_SECONDS = 5;
  private static final int SECRET_BITS = 256;
  private static final int RADIX = 36;
  private static final long MEMORY = 64L * 1024 * 1024;
  private static final long CONNECTION_TTL_MILLIS = 60_000;

  /** So many messages may wait on a queue that a partner sends to. */
  private static final long MOST_WAITING = 1000;

  /** Times the largest message: so many bytes may wait there. */
  private static final long MOST_WAITING_LARGE = 10;

  /** So many answers, and so many refusals, are kept for a partner that does not take them. */
  private static final long MOST_ANSWERS = 10_000;

  private final EmbeddedBroker broker;
  private final DoorPackets packets;
  private final DoorCallers callers;
  private final DoorRefusals refusals;
  private final DirectorySource directory;
  private final X509TrustManager trust;
  private final Set<String> made = new HashSet<>();

  private QueueDoor(
      EmbeddedBroker broker,
      DoorPackets packets,
      DoorCallers callers,
      DoorRefusals refusals,
      DirectorySource directory,
      X509TrustManager trust) {
    this.broker = broker;
    this.packets = packets;
    this.callers = callers;
    this.refusals = refusals;
    this.directory = directory;
    this.trust = trust;
  }

  /**
   * Where it lies and listens.
   *
   * @param mostBytes the largest message that is taken
   */
  public record Place(Path folder, String host, int port, long mostBytes) {}

  /**
   * The TLS of its connections.
   *
   * @param engines one for each new connection, which demands a certificate
   * @param trust what they ask about that certificate, asked again while a connection is open
   */
  public record Tls(Supplier<SSLEngine> engines, X509TrustManager trust) {}

  /**
   * Opens it.
   *
   * @param counting gets the code of each call and each connection that is refused
   * @throws IllegalStateException where it cannot start or listen
   */
  public static QueueDoor open(
      Place place,
      Tls tls,
      CallerIdentification identification,
      DirectorySource directory,
      Consumer<String> counting) {
    DoorRefusals refusals = new DoorRefusals(counting);
    DoorCallers callers = new DoorCallers(identification, directory);
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            place.folder(),
            (configuration, server) -> {
              configure(configuration, server, callers);
              configuration.addAcceptorConfiguration(
                  DoorAcceptor.at(ACCEPTOR, place.host(), place.port(), tls.engines(), refusals));
            });
    // What is a little larger than the largest message is let in, and answered with a code.
    DoorPackets packets =
        new DoorPackets(
            callers, refusals, broker.server(), place.mostBytes() + FrameGuard.MOST_BYTES);
    QueueDoor door = new QueueDoor(broker, packets, callers, refusals, directory, tls.trust());
    try {
      door.guard(place.mostBytes());
      door.makeQueues();
      broker.server().getRemotingService().getAcceptor(ACCEPTOR).start();
      // On a thread of the broker's: a certificate's responder may be slow.
      broker
          .server()
          .getScheduledPool()
          .scheduleWithFixedDelay(door::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
      return door;
    } catch (Exception failed) {
      door.close();
      throw new IllegalStateException(
          "the broker for partners cannot listen on " + place.host() + ":" + place.port(), failed);
    }
  }

  private static void configure(
      Configuration configuration, EmbeddedActiveMQ server, DoorCallers callers) {
    server.setSecurityManager(new DoorSecurity(callers));
    configuration.setSecurityEnabled(true);
    // SECURITY: what it remembers of rights stands under names that clients give.
    configuration.setAuthenticationCacheSize(0);
    configuration.setAuthorizationCacheSize(0);
    // SECURITY: whoever knows these may do everything.
    configuration.setClusterUser(secret());
    configuration.setClusterPassword(secret());
    configuration.setConnectionTTLOverride(CONNECTION_TTL_MILLIS);
    configuration.setGlobalMaxSize(MEMORY);
  }

  private static String secret() {
    return new BigInteger(SECRET_BITS, new SecureRandom()).toString(RADIX);
  }

  /** SECURITY: before it listens; until then the broker alone would stand there. */
  private void guard(long mostBytes) {
    ActiveMQServer server = broker.server();
    server.getRemotingService().addIncomingInterceptor(packets);
    server.registerBrokerPlugin(
        new DoorRules(callers, packets, refusals, server, MOST_WAITING_LARGE * mostBytes));
  }

  /** New connections to it from within this process, which may do everything. */
  public BrokerConnections connections() {
    return broker.connections();
  }

  private void look() {
    try {
      follow();
    } catch (RuntimeException failed) {
      // What is thrown would end all looks.
      LOG.error("the door could not be brought in line: {}", failed.getClass().getName());
    }
  }

  /**
   * Brings it in line with the directory and what is known of certificates now: a connection that
   * would not be taken today, or that takes from a queue that is no longer its own, is closed; then
   * new queues are made.
   */
  void follow() {
    packets.forgetEnded();
    Map<Digest, Boolean> trusted = new HashMap<>();
    for (RemotingConnection connection : broker.server().getRemotingService().getConnections()) {
      if (!callers.isTheGateway(connection) && !mayStay(connection, trusted)) {
        refusals.closed("unknown", "NOT_ALLOWED");
        connection.fail(new ActiveMQSecurityException("NOT_ALLOWED"));
      }
    }
    makeQueues();
  }

  private boolean mayStay(RemotingConnection connection, Map<Digest, Boolean> trusted) {
    return DoorCallers.fingerprint(connection)
            .filter(shown -> trusted.computeIfAbsent(shown, any -> isTrusted(connection)))
            .isPresent()
        && callers
            .partner(connection)
            .filter(partner -> takesItsOwnOnly(connection, partner.queues()))
            .isPresent();
  }

  private boolean isTrusted(RemotingConnection connection) {
    try {
      trust.checkClientTrusted(DoorCallers.certificates(connection), "UNKNOWN");
      return true;
    } catch (CertificateException refused) {
      return false;
    }
  }

  private boolean takesItsOwnOnly(RemotingConnection connection, PartnerQueues queues) {
    for (ServerSession session : broker.server().getSessions(connection.getID().toString())) {
      for (ServerConsumer consumer : session.getServerConsumers()) {
        if (!queues.takes().contains(consumer.getQueue().getName().toString())) {
          return false;
        }
      }
    }
    return true;
  }

  private synchronized void makeQueues() {
    PartnerQueues all = PartnerQueues.of(directory.current());
    try {
      for (String queue : all.sends()) {
        if (!made.contains(queue)) {
          makeSource(queue);
        }
      }
      for (String queue : all.takes()) {
        make(queue(queue));
      }
    } catch (Exception failed) {
      throw new IllegalStateException("a partner's queue could not be made", failed);
    }
  }

  private void makeSource(String queue) throws Exception {
    // A sender that is ahead of the gateway is told so, and fills nothing.
    broker
        .server()
        .getAddressSettingsRepository()
        .addMatch(
            queue,
            EmbeddedBroker.ofPartners()
                .setMaxSizeMessages(MOST_WAITING)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
    make(queue(QueueNames.answers(queue)).setRingSize(MOST_ANSWERS));
    make(queue(QueueNames.refused(queue)).setRingSize(MOST_ANSWERS));
    make(queue(queue));
  }

  private static QueueConfiguration queue(String name) {
    return QueueConfiguration.of(name).setAddress(name).setRoutingType(RoutingType.ANYCAST);
  }

  private void make(QueueConfiguration queue) throws Exception {
    String name = queue.getName().toString();
    if (!made.contains(name)) {
      broker.server().createQueue(queue, true);
      made.add(name);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
