package dk.attestbro.jms;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.MessageDelivery;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;

/**
 * Puts a letter on its receiver's queue, as a durable bytes message with CMS content, in a
 * transaction. Besides the content it tells the content type and, as correlation id, the random
 * Bundle.id: never a person's data. A broker that took the same envelope before drops the second.
 */
public final class JmsDelivery implements MessageDelivery {
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  private final Function<Optional<String>, Optional<ConnectionFactory>> brokers;

  /**
   * @param brokers connections for sending, by the broker's name, or to the gateway's own
   */
  public JmsDelivery(Function<Optional<String>, Optional<ConnectionFactory>> brokers) {
    this.brokers = brokers;
  }

  @Override
  public DeliveryOutcome deliver(Delivery delivery) {
    // SECURITY: without this a letter could lie on a broker in clear text.
    if (delivery.body().mediaType() != MediaType.CMS) {
      return alarmed("ENCRYPTION_MISSING");
    }
    QueueAddress address = QueueAddress.of(delivery.endpoint().address().orElseThrow());
    return brokers
        .apply(address.broker())
        .map(broker -> send(broker, address.queue(), delivery))
        .orElseGet(() -> alarmed("BROKER_NOT_CONFIGURED"));
  }

  private static DeliveryOutcome send(ConnectionFactory broker, String queue, Delivery delivery) {
    boolean committing = false;
    boolean connected = false;
    try (Connection connection = broker.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      connected = true;
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.send(message(session, delivery));
      committing = true;
      session.commit();
      committing = false;
      return new Delivered(Optional.empty());
    } catch (JMSException failed) {
      return outcome(failed, connected, committing);
    } catch (RuntimeException failed) {
      // The pool hides some of what the broker says.
      return new TransientFailure("CONNECTION_BROKEN", Optional.empty(), committing, false);
    }
  }

  private static BytesMessage message(Session session, Delivery delivery) throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(delivery.body().bytes());
    message.setJMSCorrelationID(delivery.bundleId().value());
    message.setStringProperty(QueueMessage.CONTENT_TYPE, MediaType.CMS.value());
    message.setStringProperty(DUPLICATE_ID, envelope(delivery));
    return message;
  }

  /**
   * SECURITY: of the sender too. Bundle.ids are unique per sender only, and with the Bundle.id
   * alone one sender could keep another's letter from the queue.
   */
  private static String envelope(Delivery delivery) {
    String name = delivery.letter().ref().sender() + ":" + delivery.bundleId();
    return Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static DeliveryOutcome outcome(
      JMSException failed, boolean connected, boolean committing) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ActiveMQDuplicateIdException) {
        return new Delivered(Optional.empty());
      }
    }
    if (failed instanceof InvalidDestinationException) {
      return alarmed("QUEUE_UNKNOWN");
    }
    if (failed instanceof JMSSecurityException) {
      return alarmed("QUEUE_NOT_ALLOWED");
    }
    if (!connected) {
      return new TransientFailure("CONNECT_FAILED");
    }
    boolean perhaps = committing && !(failed instanceof TransactionRolledBackException);
    return new TransientFailure("CONNECTION_BROKEN", Optional.empty(), perhaps, false);
  }

  private static TransientFailure alarmed(String code) {
    return new TransientFailure(code, Optional.empty(), false, true);
  }
}
