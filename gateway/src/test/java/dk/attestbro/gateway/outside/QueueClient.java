package dk.attestbro.gateway.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A party that has a JMS client and a certificate, and uses the gateway's own broker. */
final class QueueClient implements AutoCloseable {
  private final Gateway gateway;
  private final Organisation party;
  private final ActiveMQConnectionFactory broker;
  private final Connection connection;
  private final Session session;

  QueueClient(Gateway gateway, Organisation party) throws JMSException {
    this.gateway = gateway;
    this.party = party;
    this.broker = gateway.queues(party);
    this.connection = broker.createConnection();
    this.session = connection.createSession(true, Session.SESSION_TRANSACTED);
    connection.start();
  }

  /** Sends a message, signed and encrypted, that asks for its answer. */
  void send(Payload message) throws JMSException {
    String queue = "from." + party.id();
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      BytesMessage sent = session.createBytesMessage();
      sent.writeBytes(gateway.encrypted(message, gateway.key(party)).bytes());
      sent.setJMSReplyTo(session.createQueue(queue + ".answers"));
      producer.send(sent);
      session.commit();
    }
  }

  /** The next answer to what it sent. */
  BytesMessage receiveAnswer() throws JMSException {
    return receive("from." + party.id() + ".answers", Gateway.LIMIT.toMillis());
  }

  /** The next letter for it, opened. */
  Payload receiveLetter() throws JMSException {
    return gateway
        .opener(gateway.key(party))
        .apply(
            new Payload(
                bytes(receive("to." + party.id(), Gateway.LIMIT.toMillis())), MediaType.CMS));
  }

  /** Whether nothing more comes for so long. */
  boolean hasNoMoreFor(long millis) throws JMSException {
    try (MessageConsumer consumer =
        session.createConsumer(session.createQueue("to." + party.id()))) {
      return consumer.receive(millis) == null;
    }
  }

  private BytesMessage receive(String queue, long millis) throws JMSException {
    try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      BytesMessage message = (BytesMessage) consumer.receive(millis);
      assertThat(message).as("a message on %s", queue).isNotNull();
      session.commit();
      return message;
    }
  }

  static byte[] bytes(BytesMessage message) throws JMSException {
    byte[] body = new byte[(int) message.getBodyLength()];
    message.readBytes(body);
    return body;
  }

  @Override
  public void close() throws JMSException {
    connection.close();
    broker.close();
  }
}
