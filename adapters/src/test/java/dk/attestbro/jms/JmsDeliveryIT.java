package dk.attestbro.jms;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.samples.Deliveries;
import dk.attestbro.trust.JudgedServers;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters on a partner's queue, on a real broker. */
final class JmsDeliveryIT {
  private static final Payload LETTER = new Payload(new byte[] {0x30, 1, 2}, MediaType.CMS);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static BrokerConnections connections;
  private static int queues;

  private final URI queue = URI.create("jms:to.partner." + queues++);

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder);
    connections = broker.connections();
  }

  @AfterAll
  static void stop() {
    connections.close();
    broker.close();
  }

  @Test
  void putsALetterOnTheQueueAndNothingOfItInTheHeaders() throws JMSException {
    BundleId bundle = BundleId.random();

    assertThat(deliver(connections.producers(), bundle, LETTER)).isInstanceOf(Delivered.class);

    Message came = received().get(0);
    assertThat(came).isInstanceOf(BytesMessage.class);
    assertThat(((BytesMessage) came).getBodyLength()).isEqualTo(3);
    assertThat(came.getJMSCorrelationID()).isEqualTo(bundle.value());
    assertThat(names(came)).allMatch(n -> n.matches("content_type|JMSX.*|_AMQ_.*"));
  }

  @Test
  void neverPutsClearTextOnAQueue() throws JMSException {
    Payload clear = new Payload(new byte[] {'{', '}'}, MediaType.FHIR_JSON);

    assertThat(deliver(connections.producers(), BundleId.random(), clear))
        .isEqualTo(new TransientFailure("ENCRYPTION_MISSING", Optional.empty(), false, true));
    assertThat(received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"send:before", "send:after", "commit:before", "commit:after"})
  void putsItThereOnceWhereverItIsKilled(String point) throws JMSException {
    BundleId bundle = BundleId.random();
    try {
      deliver(dying(connections.producers(), point), bundle, LETTER);
    } catch (Killed killed) {
      // Its row is due again, and its letter is encrypted anew.
    }

    Payload again = new Payload(new byte[] {0x30, 3, 4}, MediaType.CMS);
    assertThat(deliver(connections.producers(), bundle, again)).isInstanceOf(Delivered.class);

    assertThat(received()).hasSize(1);
  }

  @Test
  void probesAQueueWithoutSendingAnything() throws JMSException {
    JmsProbe probe = new JmsProbe(name -> Optional.of(connections.producers()));
    Endpoint endpoint =
        Deliveries.from("employment-odense", Endpoint.Channel.JMS, queue, BundleId.random(), LETTER)
            .endpoint();

    assertThat(probe.probe(endpoint)).hasSize(2).allMatch(Hop::isGood);
    assertThat(new JmsProbe(name -> Optional.empty()).probe(endpoint))
        .extracting(Hop::result)
        .containsExactly("BROKER_NOT_CONFIGURED");
    assertThat(received()).isEmpty();
  }

  @Test
  void saysThatALetterIsPerhapsThereWhereTheCommitIsInDoubt() {
    ConnectionFactory breaking = intercepting(connections.producers(), "commit", false);

    assertThat(deliver(breaking, BundleId.random(), LETTER))
        .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), true, false));
  }

  @Test
  void takesALetterOfAnotherSenderWithTheSameBundleId() throws JMSException {
    BundleId bundle = BundleId.random();
    deliver(connections.producers(), bundle, LETTER);
    var other = Deliveries.from("employment-odense", Endpoint.Channel.JMS, queue, bundle, LETTER);

    assertThat(new JmsDelivery(n -> Optional.of(connections.producers())).deliver(other))
        .isInstanceOf(Delivered.class);

    assertThat(received()).hasSize(2);
  }

  @Test
  void saysThatABrokerIsDownOrNotConfigured() {
    BrokerConnections down =
        BrokerConnections.partner("tcp://127.0.0.1:1", "", "", JudgedServers.byPlatform());

    assertThat(deliver(down.producers(), BundleId.random(), LETTER))
        .isEqualTo(new TransientFailure("CONNECT_FAILED"));
    assertThat(
            new JmsDelivery(name -> Optional.empty())
                .deliver(Deliveries.to(Endpoint.Channel.JMS, queue, BundleId.random(), LETTER)))
        .isEqualTo(new TransientFailure("BROKER_NOT_CONFIGURED", Optional.empty(), false, true));
    down.close();
  }

  @Test
  void readsTheAddressOfAQueueHereOrOnANamedBroker() {
    assertThat(QueueAddress.of(URI.create("jms:to.midt")))
        .isEqualTo(new QueueAddress(Optional.empty(), "to.midt"));
    assertThat(QueueAddress.of(URI.create("jms://midt-mq/to.midt")))
        .isEqualTo(new QueueAddress(Optional.of("midt-mq"), "to.midt"));
  }

  private DeliveryOutcome deliver(ConnectionFactory factory, BundleId bundle, Payload body) {
    return new JmsDelivery(name -> Optional.of(factory))
        .deliver(Deliveries.to(Endpoint.Channel.JMS, queue, bundle, body));
  }

  private static List<String> names(Message message) throws JMSException {
    List<String> names = new ArrayList<>();
    for (Object name : Collections.list(message.getPropertyNames())) {
      names.add(name.toString());
    }
    return names;
  }

  private List<Message> received() throws JMSException {
    List<Message> came = new ArrayList<>();
    try (Connection connection = connections.consumers().createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer =
            session.createConsumer(session.createQueue(queue.getSchemeSpecificPart()))) {
      connection.start();
      for (Message next = consumer.receive(300); next != null; next = consumer.receive(300)) {
        came.add(next);
      }
    }
    return came;
  }

  /** The process was killed here. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static ConnectionFactory dying(ConnectionFactory real, String point) {
    String[] parts = point.split(":", 2);
    return intercepting(real, parts[0], parts[1].equals("before"), true);
  }

  private static ConnectionFactory intercepting(
      ConnectionFactory real, String method, boolean before) {
    return intercepting(real, method, before, false);
  }

  private static ConnectionFactory intercepting(
      ConnectionFactory real, String method, boolean before, boolean kill) {
    return (ConnectionFactory) wrap(real, ConnectionFactory.class, method, before, kill);
  }

  /** Everything that comes of it dies, or breaks, at this method. */
  private static Object wrap(
      Object real, Class<?> type, String method, boolean before, boolean kill) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, called, arguments) -> {
          boolean here = called.getName().equals(method);
          if (here && before) {
            throw kill ? new Killed() : new JMSException("broken");
          }
          Object result;
          try {
            result = called.invoke(real, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
          }
          if (here) {
            throw kill ? new Killed() : new JMSException("broken");
          }
          Class<?> returns = called.getReturnType();
          return returns == Connection.class
                  || returns == Session.class
                  || returns == jakarta.jms.MessageProducer.class
              ? wrap(result, returns, method, before, kill)
              : result;
        });
  }
}
