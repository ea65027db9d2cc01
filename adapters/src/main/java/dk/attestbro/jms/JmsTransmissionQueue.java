package dk.attestbro.jms;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.ProtectedMessage;
import dk.attestbro.port.TransmissionQueue;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends protected letters as durable bytes messages to {@code deliver.<party>}. The properties hold
 * ids, a version, a party and a media type, never a person's data. The broker drops a second copy
 * by {@code _AMQ_DUPL_ID}, which holds the envelope and the row's version, so that no retry is
 * dropped with it, and nothing of a dead letter that is sent again.
 */
public final class JmsTransmissionQueue implements TransmissionQueue {
  private static final String SENDER = "attestbro_sender";
  private static final String LETTER = "attestbro_letter";
  private static final String BUNDLE = "attestbro_bundle";
  private static final String RECEIVER = "attestbro_receiver";
  private static final String VERSION = "attestbro_version";
  private static final String ENDPOINT = "attestbro_endpoint";
  private static final String MEDIA_TYPE = "attestbro_media_type";
  private static final String SIZE = "attestbro_size";
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  /**
   * Above this the body is streamed to the broker and back, not copied into a buffer that grows.
   */
  private static final int STREAMED = 1024 * 1024;

  private final ConnectionFactory connections;
  private final Duration expiry;

  /**
   * Queues that the broker is known to have: it is asked about each once, not at each message. One
   * that it loses takes a message with it, which the row's lease mends.
   */
  private final Map<PartyId, Queue> known = new ConcurrentHashMap<>();

  /**
   * @param expiry how long a message stays in the queue: the hand-over's lease, after which its row
   *     is due again
   */
  public JmsTransmissionQueue(ConnectionFactory connections, Duration expiry) {
    this.connections = connections;
    this.expiry = expiry;
  }

  @Override
  public void send(ProtectedMessage message) {
    send(List.of(message));
  }

  @Override
  public void send(List<ProtectedMessage> messages) {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(null)) {
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.setTimeToLive(expiry.toMillis());
      for (ProtectedMessage message : messages) {
        producer.send(queue(session, message.receiver()), toJms(session, message));
      }
      session.commit();
    } catch (JMSException failed) {
      throw new IllegalStateException("the broker did not confirm", failed);
    }
  }

  private Queue queue(Session session, PartyId receiver) throws JMSException {
    Queue queue = known.get(receiver);
    if (queue == null) {
      queue = session.createQueue("deliver." + receiver);
      known.put(receiver, queue);
    }
    return queue;
  }

  private static Message toJms(Session session, ProtectedMessage message) throws JMSException {
    BytesMessage jms = session.createBytesMessage();
    jms.setStringProperty(SENDER, message.letter().sender().value());
    jms.setStringProperty(LETTER, message.letter().id().value());
    jms.setStringProperty(BUNDLE, message.bundleId().value());
    jms.setStringProperty(RECEIVER, message.receiver().value());
    jms.setIntProperty(VERSION, message.version());
    jms.setStringProperty(ENDPOINT, message.endpoint());
    jms.setStringProperty(MEDIA_TYPE, message.mediaType().name());
    jms.setIntProperty(SIZE, message.body().length);
    jms.setStringProperty(
        DUPLICATE_ID, message.letter() + ":" + message.bundleId() + ":" + message.version());
    if (message.body().length > STREAMED) {
      jms.setObjectProperty("JMS_AMQ_InputStream", new ByteArrayInputStream(message.body()));
    } else {
      jms.writeBytes(message.body());
    }
    return jms;
  }

  /** Reads what {@link #send(ProtectedMessage)} sent. */
  /** How many bytes the body of such a message has; it is not read. */
  public static int size(Message message) throws JMSException {
    return message.getIntProperty(SIZE);
  }

  public static ProtectedMessage read(Message message) throws JMSException {
    return new ProtectedMessage(
        new LetterRef(
            new PartyId(message.getStringProperty(SENDER)),
            new LetterId(message.getStringProperty(LETTER))),
        new BundleId(message.getStringProperty(BUNDLE)),
        new PartyId(message.getStringProperty(RECEIVER)),
        message.getIntProperty(VERSION),
        message.getStringProperty(ENDPOINT),
        MediaType.valueOf(message.getStringProperty(MEDIA_TYPE)),
        body((BytesMessage) message, message.getIntProperty(SIZE)));
  }

  private static byte[] body(BytesMessage message, int size) throws JMSException {
    if (size > STREAMED) {
      Collector whole = new Collector(size);
      message.setObjectProperty("JMS_AMQ_SaveStream", whole);
      return whole.bytes();
    }
    byte[] body = new byte[size];
    int read = message.readBytes(body);
    if (size > 0 && read != size) {
      throw new JMSException("the body is shorter than announced");
    }
    return body;
  }

  /** Collects exactly the announced size, without a last copy. */
  private static final class Collector extends ByteArrayOutputStream {
    Collector(int size) {
      super(size);
    }

    byte[] bytes() throws JMSException {
      if (count != buf.length) {
        throw new JMSException("the body is shorter than announced");
      }
      return buf;
    }
  }
}
