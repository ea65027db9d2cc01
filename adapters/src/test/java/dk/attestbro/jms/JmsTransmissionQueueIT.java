package dk.attestbro.jms;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.ProtectedMessage;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmsTransmissionQueueIT {
  private static final PartyId RECEIVER = new PartyId("psychiatry-midt");

  @TempDir Path folder;

  @Test
  void bringsALetterToItsReceiversQueueAsItWas() throws Exception {
    ProtectedMessage sent = message("a", 7, bytes(12_000));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      queue(connections).send(sent);

      List<ProtectedMessage> received = receive(connections);

      assertThat(received).hasSize(1);
      assertThat(received.get(0).letter()).isEqualTo(sent.letter());
      assertThat(received.get(0).version()).isEqualTo(7);
      assertThat(received.get(0).mediaType()).isEqualTo(MediaType.FHIR_XML);
      assertThat(received.get(0).body()).isEqualTo(sent.body());
    }
  }

  @Test
  void bringsALetterOfTwentyMegabytesWhole() throws Exception {
    ProtectedMessage sent = message("large", 2, bytes(20_000_000));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      queue(connections).send(sent);

      assertThat(receive(connections).get(0).body()).isEqualTo(sent.body());
    }
  }

  @Test
  void dropsASecondCopyOfAHandOverButNotTheNextHandOver() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      queue(connections).send(message("a", 2, bytes(10)));
      try {
        queue(connections).send(message("a", 2, bytes(10)));
      } catch (IllegalStateException rejected) {
        // The broker may also say so.
      }
      queue(connections).send(message("a", 4, bytes(10)));

      assertThat(receive(connections)).extracting(ProtectedMessage::version).containsExactly(2, 4);
    }
  }

  @Test
  void keepsWhatItHoldsOverARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      queue(connections).send(List.of(message("a", 2, bytes(10)), message("b", 2, bytes(10))));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      assertThat(receive(connections)).hasSize(2);
    }
  }

  @Test
  void asksTheBrokerAboutAQueueOnce() throws Exception {
    AtomicInteger questions = new AtomicInteger();
    Interceptor counting =
        (packet, connection) -> {
          boolean asks = packet.getClass().getSimpleName().matches("Session(Binding|Queue)Query.*");
          questions.addAndGet(asks ? 1 : 0);
          return true;
        };
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      broker.server().getRemotingService().addIncomingInterceptor(counting);
      JmsTransmissionQueue queue = queue(connections);
      queue.send(message("a", 2, bytes(10)));
      int first = questions.get();
      queue.send(message("b", 2, bytes(10)));
      queue.send(message("c", 2, bytes(10)));

      assertThat(first).isPositive();
      assertThat(questions).hasValue(first);
      assertThat(receive(connections)).hasSize(3);
    }
  }

  @Test
  void startsCleanWhereTheJournalIsGone() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      queue(connections).send(message("a", 2, bytes(10)));
    }
    deleteContents(folder);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        BrokerConnections connections = broker.connections()) {
      assertThat(receive(connections)).isEmpty();
    }
  }

  private static JmsTransmissionQueue queue(BrokerConnections connections) {
    return new JmsTransmissionQueue(connections.producers(), Duration.ofSeconds(30));
  }

  private static ProtectedMessage message(String letter, int version, byte[] body) {
    return new ProtectedMessage(
        new LetterRef(new PartyId("employment-aarhus"), new LetterId(letter)),
        new BundleId("bundle-" + letter),
        RECEIVER,
        version,
        "endpoint",
        MediaType.FHIR_XML,
        body);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static List<ProtectedMessage> receive(BrokerConnections connections) throws Exception {
    List<ProtectedMessage> received = new ArrayList<>();
    try (Connection connection = connections.consumers().createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer consumer =
            session.createConsumer(session.createQueue("deliver." + RECEIVER))) {
      connection.start();
      for (Message next = consumer.receive(2000); next != null; next = consumer.receive(500)) {
        received.add(JmsTransmissionQueue.read(next));
        session.commit();
      }
    }
    return received;
  }

  private static void deleteContents(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .filter(path -> !path.equals(folder))
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
