package dk.attestbro.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.api.AnswerJson;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.ChannelTroubles;
import dk.attestbro.gateway.journey.CollectFiles;
import dk.attestbro.gateway.journey.IncomingMessage;
import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.gateway.journey.TakeFromChannel;
import dk.attestbro.gateway.journey.TellOverQueue;
import dk.attestbro.gateway.journey.TestGateway;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.EmbeddedBroker;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartySample;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender on a queue may count on, over a real broker. */
final class ReceiveQueueIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final byte[] CMS = {0x30, 1, 2};
  private static final Answer TAKEN = new Answer.TakenFromInbox();

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static BrokerConnections connections;
  private static int queues;

  private final String queue = "from.odense." + queues++;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final TestGateway gateway = new TestGateway();
  private final List<String> alarms = Collections.synchronizedList(new ArrayList<>());
  private final Queue<byte[]> came = new ConcurrentLinkedQueue<>();

  /** What the journey does with what comes, in order; then it takes everything. */
  private final Queue<Journey> journey = new ConcurrentLinkedQueue<>();

  private volatile Directory directory = with(List.of(source(queue)));
  private SourceRoutes routes;

  /** One turn of the journey. */
  private interface Journey {
    Answer take(IncomingMessage message);
  }

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(folder);
    connections = broker.connections();
  }

  @AfterAll
  static void stopBroker() {
    connections.close();
    broker.close();
  }

  @BeforeEach
  void start() throws Exception {
    Properties settings = new Properties();
    settings.setProperty("attestbro.jms.receivers-per-queue", "1");
    camel.getPropertiesComponent().setInitialProperties(settings);
    JmsComponent jms = JmsComponent.jmsComponentTransacted(connections.consumers());
    jms.getConfiguration().setCacheLevelName("CACHE_CONSUMER");
    jms.getConfiguration().setErrorHandlerLogStackTrace(false);
    camel.addComponent(SourceRoutes.OWN_BROKER, jms);
    camel.addRoutesConfigurations(new ErrorHandling(gateway.refuse));
    camel.start();
    TakeFromChannel take =
        new TakeFromChannel(this::receive, new AnswerJson(), Messages.WRITER, Clock.systemUTC());
    ChannelTroubles troubles =
        new ChannelTroubles((code, subject, detail) -> alarms.add(code + " " + detail));
    QueueEdge edge =
        new QueueEdge(
            take,
            new TellOverQueue(() -> directory, gateway.protection, Clock.systemUTC()),
            (code, subject, detail) -> alarms.add(code + " " + detail),
            1000);
    routes =
        new SourceRoutes(
            camel,
            () -> directory,
            new JmsEdge(LargeContents.ofThisHeap()),
            edge,
            new CollectFiles(
                () -> directory, (address, taking, refuse, codes) -> {}, take, troubles),
            troubles,
            new Steps(new SimpleMeterRegistry()));
    routes.follow();
  }

  @AfterEach
  void stop() {
    camel.stop();
    gateway.close();
  }

  @Test
  void takesALetterAndAnswersWhereItsSenderAsked() throws JMSException {
    send(session -> bytes(session, CMS), true);

    Message answer = receive("answers." + queue);

    assertThat(answer.getStringProperty("attestbro_code")).isEqualTo("TAKEN");
    assertThat(answer.getJMSCorrelationID()).isEqualTo("asked");
    assertThat(came).containsExactly(CMS);
  }

  @Test
  void putsARefusalAsideAndAlarmsWhereNobodyAsked() throws JMSException {
    journey.add(m -> refused(RefusalReason.CMS_SIGNATURE_INVALID));
    send(session -> bytes(session, CMS), false);

    Message answer = receive(queue + ".refused");

    assertThat(answer.getStringProperty("attestbro_code")).isEqualTo("CMS_SIGNATURE_INVALID");
    assertThat(body(answer)).contains("OperationOutcome", "CMS_SIGNATURE_INVALID");
    await().atMost(LIMIT).until(() -> alarms.contains("CHANNEL_REFUSED CMS_SIGNATURE_INVALID"));
  }

  @Test
  void refusesUnreadWhatIsInTheClearNoBytesOrTooLarge() throws JMSException {
    send(session -> bytes(session, "{}".getBytes(StandardCharsets.UTF_8)), true);
    send(session -> session.createTextMessage("text"), true);
    send(session -> session.createObjectMessage("an object"), true);
    byte[] huge = new byte[1001];
    send(session -> bytes(session, huge), true);
    send(session -> bytes(session, CMS), true);

    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      codes.add(receive("answers." + queue).getStringProperty("attestbro_code"));
    }
    assertThat(codes)
        .containsExactlyInAnyOrder(
            "UNSUPPORTED_MEDIA_TYPE",
            "UNSUPPORTED_MEDIA_TYPE",
            "UNSUPPORTED_MEDIA_TYPE",
            "TOO_LARGE",
            "TAKEN");
    assertThat(came).containsExactly(CMS);
  }

  @Test
  void leavesOnTheQueueWhatCouldNotBeRecordedAndWhatAKillInterrupted() throws JMSException {
    journey.add(m -> refused(RefusalReason.CANNOT_RECORD));
    journey.add(
        m -> {
          throw new Killed();
        });
    send(session -> bytes(session, CMS), true);

    Message answer = receive("answers." + queue);

    assertThat(answer.getStringProperty("attestbro_code")).isEqualTo("TAKEN");
    assertThat(came).hasSize(3);
    assertThat(alarms).isEmpty();
  }

  @Test
  void consumesALetterWhoseSenderNamesAQueueThatIsNotTheSendersOwn() throws JMSException {
    send(session -> bytes(session, CMS), "deliver.psychiatry-midt");

    await().atMost(LIMIT).until(() -> alarms.contains("CHANNEL_IN_TROUBLE REPLY_NOT_DELIVERED"));
    assertThat(came).hasSize(1);
  }

  @Test
  void listensNoMoreToAQueueThatTheDirectoryNamesNoMore() throws JMSException {
    directory = with(List.of());
    routes.follow();

    send(session -> bytes(session, CMS), false);

    assertThat(receive(queue)).isInstanceOf(BytesMessage.class);
    assertThat(came).isEmpty();
  }

  @Test
  void alarmsOnceThatABrokerIsNotConfigured() {
    directory = with(List.of(new Source(Channel.JMS, URI.create("jms://nobody/from.odense"))));

    routes.follow();
    routes.follow();

    assertThat(alarms).containsExactly("CHANNEL_IN_TROUBLE BROKER_NOT_CONFIGURED");
  }

  /** The process was killed here. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Answer receive(IncomingMessage message) {
    came.add(message.payload().bytes());
    Journey next = journey.poll();
    return next == null ? TAKEN : next.take(message);
  }

  private static Answer refused(RefusalReason reason) {
    return new Answer.Refused(Refusal.of(reason), Optional.empty());
  }

  private interface Made {
    Message in(Session session) throws JMSException;
  }

  private void send(Made made, boolean asks) throws JMSException {
    send(made, asks ? "answers." + queue : "");
  }

  private void send(Made made, String replyTo) throws JMSException {
    try (Connection connection = connections.producers().createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      Message message = made.in(session);
      message.setJMSCorrelationID("asked");
      if (!replyTo.isEmpty()) {
        message.setJMSReplyTo(session.createQueue(replyTo));
      }
      producer.send(message);
    }
  }

  private static Message bytes(Session session, byte[] body) throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(body);
    return message;
  }

  private static Message receive(String from) throws JMSException {
    try (Connection connection = connections.consumers().createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(from))) {
      connection.start();
      Message message = consumer.receive(LIMIT.toMillis());
      assertThat(message).as("a message on %s", from).isNotNull();
      return message;
    }
  }

  private static String body(Message message) throws JMSException {
    BytesMessage bytes = (BytesMessage) message;
    byte[] body = new byte[(int) bytes.getBodyLength()];
    bytes.readBytes(body);
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Source source(String queue) {
    return new Source(Channel.JMS, URI.create("jms:" + queue));
  }

  /** The sample directory, in which employment-odense sends through these. */
  private static Directory with(List<Source> sources) {
    Directory sample = SampleDirectory.directory();
    Party odense = PartySample.like(SampleDirectory.ODENSE).sendingThrough(sources).party();
    return new Directory(
        sample.gateway(),
        sample.parties().stream().map(p -> p.equals(SampleDirectory.ODENSE) ? odense : p).toList());
  }
}
