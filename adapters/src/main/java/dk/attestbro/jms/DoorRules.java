package dk.attestbro.jms;

import dk.attestbro.model.Digest;
import dk.attestbro.model.QueueNames;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.reader.MessageUtil;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;

/** What holds of each message that a partner sends to the door, and of each connection to it. */
final class DoorRules implements ActiveMQServerPlugin {
  /** So many connections one certificate has at once. */
  private static final int MOST_CONNECTIONS = 16;

  private final DoorCallers callers;
  private final DoorPackets packets;
  private final DoorRefusals refusals;
  private final ActiveMQServer server;
  private final long mostWaiting;

  /**
   * @param mostWaiting so many bytes may wait on a queue that a partner sends to
   */
  DoorRules(
      DoorCallers callers,
      DoorPackets packets,
      DoorRefusals refusals,
      ActiveMQServer server,
      long mostWaiting) {
    this.callers = callers;
    this.packets = packets;
    this.refusals = refusals;
    this.server = server;
    this.mostWaiting = mostWaiting;
  }

  @Override
  public void beforeSend(
      ServerSession session,
      @Nullable Transaction transaction,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue)
      throws ActiveMQException {
    RemotingConnection connection = session.getRemotingConnection();
    if (callers.isTheGateway(connection)) {
      return;
    }
    Optional<DoorCaller.Partner> partner = callers.partner(connection);
    Optional<ActiveMQException> refusal = judged(message, partner);
    if (refusal.isPresent()) {
      String who = partner.map(DoorCaller.Partner::label).orElse("nobody");
      packets.mayBeRefusedAgain(connection, who, refusal.get().getMessage());
      if (transaction != null) {
        // Else the rest of it would be committed, and its sender believe in all of it.
        transaction.markAsRollbackOnly(refusal.get());
      }
      throw refusal.get();
    }
  }

  private Optional<ActiveMQException> judged(
      Message message, Optional<DoorCaller.Partner> partner) {
    try {
      return refusal(message, partner);
    } catch (RuntimeException unreadable) {
      // SECURITY: the broker takes the message where anything but its own exceptions is thrown.
      return Optional.of(new ActiveMQSecurityException("INTERNAL_ERROR"));
    }
  }

  private Optional<ActiveMQException> refusal(
      Message message, Optional<DoorCaller.Partner> partner) {
    String queue = String.valueOf(message.getAddress());
    if (partner.filter(one -> one.queues().sends().contains(queue)).isEmpty()) {
      return Optional.of(new ActiveMQSecurityException("QUEUE_NOT_ALLOWED"));
    }
    // SECURITY: the gateway answers there by its own right, which reaches every queue.
    Object replyTo = message.getObjectProperty(MessageUtil.REPLYTO_HEADER_NAME);
    if (replyTo != null && !replyTo.toString().equals("queue://" + QueueNames.answers(queue))) {
      return Optional.of(new ActiveMQSecurityException("REPLY_QUEUE_NOT_ALLOWED"));
    }
    Queue waiting = server.locateQueue(SimpleString.of(queue));
    return waiting != null && waiting.getPersistentSize() > mostWaiting
        ? Optional.of(new ActiveMQAddressFullException("QUEUE_FULL"))
        : Optional.empty();
  }

  @Override
  public void afterCreateConnection(RemotingConnection connection) {
    Optional<Digest> certificate = DoorCallers.fingerprint(connection);
    if (certificate.isEmpty()) {
      return;
    }
    long open =
        server.getRemotingService().getConnections().stream()
            .filter(one -> DoorCallers.fingerprint(one).equals(certificate))
            .count();
    if (open > MOST_CONNECTIONS) {
      refusals.closed(certificate.get().toString(), "TOO_MANY_OPEN");
      connection.fail(new ActiveMQSecurityException("TOO_MANY_OPEN"));
    }
  }
}
