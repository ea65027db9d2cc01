package dk.attestbro.gateway.demo;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import dk.attestbro.trust.JudgedServers;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An organisation with a broker of its own in this process: two queues, CMS on both. */
final class QueuePartner implements AutoCloseable {
  private static final long SHORTLY = 50;

  private final Organisations organisation;
  private final Messages messages;
  private final Clock clock;
  private final CmsProtection cms;
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final String url;
  private final BrokerConnections connections;
  private final Connection connection;

  QueuePartner(Organisations organisation, ThrowawayKey key, Messages messages, Clock clock) {
    this.organisation = organisation;
    this.messages = messages;
    this.clock = clock;
    KeyAndCertificate own = new KeyAndCertificate(key.key(), key.certificate());
    this.cms = new CmsProtection(own, List.of(own), new PrivateKeyOperations());
    this.url = "tcp://127.0.0.1:" + GatewayProcess.freePort();
    try {
      broker.setConfiguration(
          new ConfigurationImpl()
              .setPersistenceEnabled(false)
              .setSecurityEnabled(false)
              .setJMXManagementEnabled(false)
              .addAddressSetting(
                  "#", new AddressSettings().setMaxDeliveryAttempts(-1).setRedeliveryDelay(500))
              .addAcceptorConfiguration("tcp", url));
      broker.start();
      this.connections = BrokerConnections.partner(url, "", "", JudgedServers.byPlatform());
      this.connection = connections.consumers().createConnection();
      connection.start();
    } catch (Exception failed) {
      throw new IllegalStateException("the partner's broker could not be started", failed);
    }
  }

  String url() {
    return url;
  }

  /** The queue that it consumes from. */
  static String to(Organisations organisation) {
    return "to." + organisation.id();
  }

  /** The queue that it sends to. */
  static String from(Organisations organisation) {
    return "from." + organisation.id();
  }

  /** What came since the last time, opened. */
  List<MessageReading> receive() {
    try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(to(organisation)))) {
      List<MessageReading> all = new ArrayList<>();
      for (var one = consumer.receive(SHORTLY); one != null; one = consumer.receive(SHORTLY)) {
        BytesMessage message = (BytesMessage) one;
        byte[] body = new byte[(int) message.getBodyLength()];
        message.readBytes(body);
        all.add(messages.reader().read(cms.open(body, clock.instant()).content()));
      }
      return all;
    } catch (JMSException failed) {
      throw new StepFailed("the partner's queue cannot be read", failed);
    }
  }

  /** Puts a message on its queue to the gateway, signed and encrypted. */
  void send(Payload message, Certificate encryptTo) {
    Payload body = new Payload(cms.protect(message, encryptTo, clock.instant()), MediaType.CMS);
    try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer =
            session.createProducer(session.createQueue(from(organisation)))) {
      BytesMessage sent = session.createBytesMessage();
      sent.writeBytes(body.bytes());
      producer.send(sent);
    } catch (JMSException failed) {
      throw new StepFailed("the partner's queue takes nothing", failed);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
      connections.close();
      broker.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("the partner's broker could not be stopped", failed);
    }
  }
}
