package dk.attestbro.jms;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.QueueNames;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * A message on a sender's queue, within the transaction that consumes it. Its answer goes the same
 * way in the same transaction: consumed and answered, or neither.
 */
public final class QueueMessage {
  static final String CONTENT_TYPE = "content_type";
  private static final String CODE = "attestbro_code";

  private static final int CHUNK = 64 * 1024;

  private final Message message;
  private final Session session;

  public QueueMessage(Message message, Session session) {
    this.message = message;
    this.session = session;
  }

  /** What came, or the code of the refusal of something that is never read. */
  public record Content(Optional<Payload> payload, String code) {}

  /** What is told: a code, and a body with its type where there is one that may be told here. */
  public record Reply(String code, Optional<byte[]> body, String contentType) {}

  /**
   * The CMS message in it.
   *
   * @param most the largest that is read, in bytes
   */
  public Content content(int most) throws JMSException {
    // SECURITY: an ObjectMessage would run the sender's classes; nothing but bytes is looked at.
    if (!(message instanceof BytesMessage bytes)) {
      return new Content(Optional.empty(), "UNSUPPORTED_MEDIA_TYPE");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int read = bytes.readBytes(chunk); read > 0; read = bytes.readBytes(chunk)) {
      if (whole.size() + read > most) {
        return new Content(Optional.empty(), "TOO_LARGE");
      }
      whole.write(chunk, 0, read);
    }
    byte[] body = whole.toByteArray();
    return isClearText(body)
        ? new Content(Optional.empty(), "UNSUPPORTED_MEDIA_TYPE")
        : new Content(Optional.of(new Payload(body, MediaType.CMS)), "");
  }

  /** JSON or XML, which has no place on a queue. CMS begins with 0x30 or, in PEM, with '-'. */
  private static boolean isClearText(byte[] body) {
    for (byte one : body) {
      if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
        return one == '{' || one == '<' || one == '[' || one == (byte) 0xef;
      }
    }
    return false;
  }

  /** Whether its sender named a queue for the answer. */
  public boolean asksForReply() throws JMSException {
    return message.getJMSReplyTo() != null;
  }

  /**
   * Tells the sender, where it asked to be told. False where the queue that it named is not there
   * or not open to the gateway: that is no reason to consume nothing.
   */
  public boolean reply(Reply reply) throws JMSException {
    Destination asked = message.getJMSReplyTo();
    return asked == null || send(asked, reply);
  }

  /** Puts a refusal beside the queue that the message came by; as with {@link #reply}. */
  public boolean putAside(Reply reply) throws JMSException {
    return message.getJMSDestination() instanceof Queue queue
        && send(session.createQueue(QueueNames.refused(queue.getQueueName())), reply);
  }

  private boolean send(Destination destination, Reply reply) throws JMSException {
    // SECURITY: its sender chose it, and must not write where the gateway's own letters wait.
    if (destination instanceof Queue queue && QueueNames.isReserved(queue.getQueueName())) {
      return false;
    }
    BytesMessage answer = session.createBytesMessage();
    answer.setStringProperty(CODE, reply.code());
    if (reply.body().isPresent()) {
      answer.setStringProperty(CONTENT_TYPE, reply.contentType());
      answer.writeBytes(reply.body().get());
    }
    // JMS's own way to tell what is answered: the asker's correlation id, else its message id.
    String asked = message.getJMSCorrelationID();
    answer.setJMSCorrelationID(asked == null ? message.getJMSMessageID() : asked);
    try (MessageProducer producer = session.createProducer(destination)) {
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.send(answer);
      return true;
    } catch (InvalidDestinationException | JMSSecurityException notThere) {
      return false;
    }
  }
}
