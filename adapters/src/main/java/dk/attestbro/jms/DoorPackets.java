package dk.attestbro.jms;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ActiveMQExceptionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.CreateSessionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.QueueAbstractPacket;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionContinuationMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionProducerCreditsMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionRequestProducerCreditsMessage;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all that partners send to the door before the broker does: what a JMS client needs to
 * send to and take from its own queues passes, and nothing else. The broker itself answers
 * questions about any queue, keeps whatever clients open, and holds a large message whatever its
 * size.
 */
final class DoorPackets implements Interceptor {
  private static final Logger LOG = LoggerFactory.getLogger(DoorPackets.class);

  /** So many sessions, and in each so many consumers, producers and notes, one connection has. */
  private static final int MOST_OPEN = 64;

  /** After so many refusals a connection is closed. */
  private static final int MOST_REFUSED = 100;

  private final DoorCallers callers;
  private final DoorRefusals refusals;
  private final ActiveMQServer server;
  private final long mostBytes;
  private final Map<Object, Tally> tallies = new ConcurrentHashMap<>();

  /**
   * @param mostBytes the largest message
   */
  DoorPackets(DoorCallers callers, DoorRefusals refusals, ActiveMQServer server, long mostBytes) {
    this.callers = callers;
    this.refusals = refusals;
    this.server = server;
    this.mostBytes = mostBytes;
  }

  /** What is remembered of one connection. */
  private static final class Tally {
    private final AtomicInteger refused = new AtomicInteger();

    /** How much has come of the large message that each channel is sending, packet by packet. */
    private final Map<Long, Long> large = new HashMap<>();
  }

  @Override
  public boolean intercept(Packet packet, RemotingConnection connection) {
    try {
      return callers.isTheGateway(connection) || passes(packet, connection);
    } catch (Throwable failed) {
      // SECURITY: the broker goes on with the packet of an interceptor that throws, whatever it is.
      LOG.error("a partner's packet could not be judged: {}", failed.getClass().getName());
      return closed(connection, "INTERNAL_ERROR", "unknown");
    }
  }

  /** Forgets the connections that have ended. */
  void forgetEnded() {
    // In this order: one that is new meanwhile is not among these.
    Set<Object> known = Set.copyOf(tallies.keySet());
    Set<Object> open =
        server.getRemotingService().getConnections().stream()
            .map(RemotingConnection::getID)
            .collect(Collectors.toSet());
    known.stream().filter(id -> !open.contains(id)).forEach(tallies::remove);
  }

  private boolean passes(Packet packet, RemotingConnection connection) {
    return callers
        .partner(connection)
        .map(partner -> passes(packet, connection, partner))
        .orElseGet(() -> closed(connection, "CREDENTIALS_INVALID", "nobody"));
  }

  private boolean passes(Packet packet, RemotingConnection connection, DoorCaller.Partner partner) {
    PartnerQueues queues = partner.queues();
    return switch (packet.getType()) {
      case PacketImpl.PING,
          PacketImpl.PACKETS_CONFIRMED,
          PacketImpl.DISCONNECT,
          PacketImpl.DISCONNECT_V2,
          PacketImpl.DISCONNECT_V3,
          PacketImpl.SUBSCRIBE_TOPOLOGY,
          PacketImpl.SUBSCRIBE_TOPOLOGY_V2,
          PacketImpl.CHECK_FOR_FAILOVER,
          PacketImpl.SESS_START,
          PacketImpl.SESS_STOP,
          PacketImpl.SESS_FLOWTOKEN,
          PacketImpl.SESS_CONSUMER_CLOSE,
          PacketImpl.SESS_FORCE_CONSUMER_DELIVERY,
          PacketImpl.SESS_ACKNOWLEDGE,
          PacketImpl.SESS_INDIVIDUAL_ACKNOWLEDGE,
          PacketImpl.SESS_EXPIRED,
          PacketImpl.SESS_COMMIT,
          PacketImpl.SESS_ROLLBACK,
          PacketImpl.REMOVE_PRODUCER,
          // Where it goes is judged by DoorRules, which sees the whole message.
          PacketImpl.SESS_SEND ->
          true;
      case PacketImpl.SESS_CLOSE -> ends(packet, connection);
      case PacketImpl.SESS_ADD_METADATA,
          PacketImpl.SESS_ADD_METADATA2,
          PacketImpl.SESS_UNIQUE_ADD_METADATA,
          PacketImpl.CREATE_PRODUCER ->
          !isCrowded(connection) || closed(connection, "TOO_MANY_OPEN", partner.label());
      case PacketImpl.CREATESESSION, PacketImpl.CREATESESSION_V2 ->
          opens((CreateSessionMessage) packet, connection, partner);
      // SECURITY: a session is found by its name alone, whosever it is; the client makes a new one.
      case PacketImpl.REATTACH_SESSION ->
          answered(packet, connection, new ReattachSessionResponseMessage(-1, false));
      case PacketImpl.SESS_QUEUEQUERY, PacketImpl.SESS_BINDINGQUERY ->
          isIn(((QueueAbstractPacket) packet), queues)
              || refused(packet, connection, partner, "QUEUE_NOT_ALLOWED");
      case PacketImpl.SESS_CREATECONSUMER ->
          takes((QueueAbstractPacket) packet, connection, partner);
      case PacketImpl.SESS_PRODUCER_REQUEST_CREDITS ->
          mayAsk((SessionRequestProducerCreditsMessage) packet, connection, queues);
      case PacketImpl.SESS_SEND_LARGE -> begins(packet, connection, partner);
      case PacketImpl.SESS_SEND_CONTINUATION ->
          goesOn((SessionContinuationMessage) packet, connection, partner);
      // What an ordinary client asks for by mistake, such as a temporary queue.
      case PacketImpl.CREATE_ADDRESS,
          PacketImpl.CREATE_QUEUE,
          PacketImpl.CREATE_QUEUE_V2,
          PacketImpl.CREATE_SHARED_QUEUE,
          PacketImpl.CREATE_SHARED_QUEUE_V2,
          PacketImpl.DELETE_QUEUE ->
          refused(packet, connection, partner, "QUEUE_NOT_ALLOWED");
      default -> closed(connection, "PACKET_" + packet.getType() + "_NOT_ALLOWED", partner.label());
    };
  }

  private boolean opens(
      CreateSessionMessage packet, RemotingConnection connection, DoorCaller.Partner partner) {
    if (packet.getUsername() != null || packet.getPassword() != null) {
      // SECURITY: a name could be the broker's own; and it would be logged.
      return refused(packet, connection, partner, "NO_USER_NAMES");
    }
    if (packet.isXA()) {
      return refused(packet, connection, partner, "XA_NOT_ALLOWED");
    }
    return sessions(connection) < MOST_OPEN
        || refused(packet, connection, partner, "TOO_MANY_OPEN");
  }

  private boolean takes(
      QueueAbstractPacket packet, RemotingConnection connection, DoorCaller.Partner partner) {
    if (!partner.queues().takes().contains(text(packet.getQueueName()))) {
      return refused(packet, connection, partner, "QUEUE_NOT_ALLOWED");
    }
    return !isCrowded(connection) || refused(packet, connection, partner, "TOO_MANY_OPEN");
  }

  /**
   * The broker would begin to keep books of any address. A client that waits for leave to send gets
   * it, and its message is refused when it comes.
   */
  private static boolean mayAsk(
      SessionRequestProducerCreditsMessage packet,
      RemotingConnection connection,
      PartnerQueues queues) {
    return queues.sends().contains(text(packet.getAddress()))
        || answered(
            packet,
            connection,
            new SessionProducerCreditsMessage(packet.getCredits(), packet.getAddress()));
  }

  private boolean begins(Packet packet, RemotingConnection connection, DoorCaller.Partner partner) {
    Map<Long, Long> large = tally(connection).large;
    // One message at a time on a channel, and no more of them than there may be sessions.
    return large.size() < MOST_OPEN && large.putIfAbsent(packet.getChannelID(), 0L) == null
        || closed(connection, "TOO_MANY_OPEN", partner.label());
  }

  private boolean goesOn(
      SessionContinuationMessage packet,
      RemotingConnection connection,
      DoorCaller.Partner partner) {
    Map<Long, Long> large = tally(connection).large;
    Long whole =
        large.computeIfPresent(
            packet.getChannelID(), (channel, before) -> before + packet.getBody().length);
    if (whole == null || whole > mostBytes) {
      String code = whole == null ? "PACKET_NOT_ALLOWED" : "TOO_LARGE";
      return closed(connection, code, partner.label());
    }
    if (!packet.isContinues()) {
      large.remove(packet.getChannelID());
    }
    return true;
  }

  private boolean ends(Packet packet, RemotingConnection connection) {
    tally(connection).large.remove(packet.getChannelID());
    return true;
  }

  private static boolean isIn(QueueAbstractPacket packet, PartnerQueues queues) {
    return queues.has(
        text(packet.getQueueName() == null ? packet.getAddress() : packet.getQueueName()));
  }

  private static String text(@Nullable SimpleString name) {
    return name == null ? "" : name.toString();
  }

  private long sessions(RemotingConnection connection) {
    return server.getSessions(connection.getID().toString()).size();
  }

  private boolean isCrowded(RemotingConnection connection) {
    for (ServerSession session : server.getSessions(connection.getID().toString())) {
      if (session.getServerConsumers().size() >= MOST_OPEN
          || session.getProducerCount() >= MOST_OPEN
          || session.getMetaData() != null && session.getMetaData().size() >= MOST_OPEN) {
        return true;
      }
    }
    return false;
  }

  private Tally tally(RemotingConnection connection) {
    return tallies.computeIfAbsent(connection.getID(), any -> new Tally());
  }

  /** Tells the client why, as an error of the call that it waits for. */
  private boolean refused(
      Packet packet, RemotingConnection connection, DoorCaller.Partner partner, String code) {
    return mayBeRefusedAgain(connection, partner.label(), code)
        && answered(
            packet, connection, new ActiveMQExceptionMessage(new ActiveMQSecurityException(code)));
  }

  /** Notes a refusal; the one that is too many closes the connection. */
  boolean mayBeRefusedAgain(RemotingConnection connection, String who, String code) {
    refusals.refused(who, code);
    return tally(connection).refused.incrementAndGet() <= MOST_REFUSED
        || closed(connection, "TOO_MANY_REFUSALS", who);
  }

  private static boolean answered(Packet packet, RemotingConnection connection, Packet answer) {
    ((CoreRemotingConnection) connection).getChannel(packet.getChannelID(), -1).send(answer);
    return false;
  }

  private boolean closed(RemotingConnection connection, String code, String who) {
    refusals.closed(who, code);
    try {
      connection.fail(new ActiveMQSecurityException(code));
    } catch (RuntimeException failed) {
      // SECURITY: must not be thrown on, as above.
      LOG.error("a queue client's connection did not close: {}", failed.getClass().getName());
    }
    return false;
  }
}
