package dk.attestbro.jms;

import dk.attestbro.model.Endpoint;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.HopTimer;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tries a party's queue: the connection, and that the queue could be sent to. Nothing is sent. */
public final class JmsProbe implements ChannelProbe {
  private final Function<Optional<String>, Optional<ConnectionFactory>> brokers;

  /**
   * @param brokers connections for sending, by the broker's name, or to the gateway's own
   */
  public JmsProbe(Function<Optional<String>, Optional<ConnectionFactory>> brokers) {
    this.brokers = brokers;
  }

  @Override
  public List<Hop> probe(Endpoint endpoint) {
    QueueAddress address = QueueAddress.of(endpoint.address().orElseThrow());
    HopTimer timer = new HopTimer();
    return brokers
        .apply(address.broker())
        .map(broker -> probe(broker, address.queue(), timer))
        .orElseGet(() -> timer.ended(Part.CONNECTION, "BROKER_NOT_CONFIGURED").hops());
  }

  private static List<Hop> probe(ConnectionFactory broker, String queue, HopTimer timer) {
    try (Connection connection = broker.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      timer.good(Part.CONNECTION);
      try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
        return timer.good(Part.PLACE).hops();
      }
    } catch (JMSException failed) {
      boolean connected = !timer.hops().isEmpty();
      return timer.ended(connected ? Part.PLACE : Part.CONNECTION, code(failed, connected)).hops();
    }
  }

  private static String code(JMSException failed, boolean connected) {
    if (failed instanceof InvalidDestinationException) {
      return "QUEUE_UNKNOWN";
    }
    if (failed instanceof JMSSecurityException) {
      return "QUEUE_NOT_ALLOWED";
    }
    return connected ? "CONNECTION_BROKEN" : "CONNECT_FAILED";
  }
}
