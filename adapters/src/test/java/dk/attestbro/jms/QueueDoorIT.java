package dk.attestbro.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.samples.Deliveries;
import dk.attestbro.samples.TestCa;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.FailoverEventType;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker that partners reach, as their JMS clients and their worst clients meet it. */
final class QueueDoorIT {
  private static final String PASSWORD = "test";
  private static final byte[] CMS = {0x30, 1, 2};
  private static final int MOST_BYTES = 200_000;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long SHORTLY = 200;
  private static final long CALL_TIMEOUT = 3000;

  /** A client that is refused hears nothing, and waits this long. */
  private static final long REFUSED_AFTER = 1000;

  private static final TestCa CA = new TestCa("CA");
  private static final TestCa.Issued ODENSE = CA.client("odense", TestCa.Keys.P256);
  private static final TestCa.Issued MIDT = CA.client("midt", TestCa.Keys.P256);
  private static final TestCa.Issued EXPIRED = CA.expired("expired", TestCa.Keys.P256);

  @TempDir static Path folder;
  private static final Set<Digest> REVOKED = ConcurrentHashMap.newKeySet();
  private static final Set<String> COUNTED = ConcurrentHashMap.newKeySet();
  private static final AtomicReference<Directory> DIRECTORY = new AtomicReference<>();
  private static int port;
  private static QueueDoor door;
  private static BrokerConnections within;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void openTheDoor() throws Exception {
    for (var one :
        List.of(
            new Named("odense", ODENSE), new Named("midt", MIDT), new Named("expired", EXPIRED))) {
      TestCa.write(folder.resolve(one.name() + ".pem"), one.key().certificatePem());
      keyStore(one.name(), one.key());
    }
    keyStore("stranger", CA.client("stranger", TestCa.Keys.P256));
    trustStore();
    DIRECTORY.set(directory(true));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    open();
  }

  private record Named(String name, TestCa.Issued key) {}

  private static void open() {
    door =
        QueueDoor.open(
            new QueueDoor.Place(folder.resolve("broker"), "127.0.0.1", port, MOST_BYTES),
            new QueueDoor.Tls(QueueDoorIT::engine, new Judge()),
            new TokenFile(folder.resolve("tokens.yaml"), DIRECTORY::get, Clock.systemUTC()),
            DIRECTORY::get,
            COUNTED::add);
    within = door.connections();
  }

  private static void shut() {
    within.close();
    door.close();
  }

  @AfterAll
  static void shutTheDoor() {
    shut();
  }

  @BeforeEach
  void asItStoodAtFirst() throws JMSException {
    REVOKED.clear();
    COUNTED.clear();
    DIRECTORY.set(directory(true));
    for (String queue :
        List.of("from.odense", "from.odense.answers", "to.odense", "from.midt", "to.midt")) {
      taken(queue);
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @Test
  void letsAPartnerSendAndBeAnsweredAndTakeWhatIsForIt() throws JMSException {
    Session session = session("odense");
    Message sent = bytes(session, CMS);
    sent.setJMSReplyTo(session.createQueue("from.odense.answers"));
    send(session, "from.odense", sent);
    session.commit();

    answerAsTheGatewayDoes("from.odense");
    assertThat(receive(session, "from.odense.answers").getStringProperty("attestbro_code"))
        .isEqualTo("TAKEN");
    put("to.odense");
    receive(session, "to.odense");
    session.rollback();
    assertThat(receive(session, "to.odense")).isInstanceOf(BytesMessage.class);
    session.commit();
    assertThat(taken("to.odense")).isEmpty();
  }

  @Test
  void takesALargeMessageAndKeepsWhatLiesThereOverARestart() throws JMSException {
    byte[] large = new byte[MOST_BYTES];
    large[0] = 0x30;
    Session session = session("odense");
    send(session, "from.odense", bytes(session, large));
    session.commit();
    session.close();

    shut();
    open();

    assertThat(taken("from.odense")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stranger", "expired"})
  void letsNobodyInWithoutACertificateThatThePartyListsAndThatCounts(String key)
      throws JMSException {
    assertIsNotLetIn(key);
  }

  @Test
  void letsNobodyInWhoseCertificateWasRevoked() throws JMSException {
    REVOKED.add(ODENSE.model().fingerprint());

    assertIsNotLetIn("odense");
    assertThat(connection("midt").getMetaData()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from.odense",
        "to.midt",
        "from.midt.answers",
        "deliver.employment-odense",
        "broker.dead-letters",
        "activemq.management",
        "activemq.notifications",
        "to.odense::to.midt",
        "new.queue"
      })
  void letsNobodyTakeFromOrLookIntoOrAskAboutAQueueOfAnothers(String queue) throws JMSException {
    Session session = session("odense");

    assertThatThrownBy(() -> session.createConsumer(session.createQueue(queue)))
        .isInstanceOf(JMSSecurityException.class);
    assertThatThrownBy(
            () -> {
              try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
                browser.getEnumeration().hasMoreElements();
              }
            })
        .isInstanceOf(JMSException.class);
    assertThat(session.createConsumer(session.createQueue("to.odense"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to.odense",
        "from.odense.answers",
        "from.midt",
        "to.midt",
        "deliver.employment-odense",
        "activemq.management",
        "from.odense::from.midt",
        "new.queue"
      })
  void letsNobodySendToAQueueOfAnothers(String queue) throws JMSException {
    Session session = session("odense");

    assertThatThrownBy(
            () -> {
              send(session, queue, bytes(session, CMS));
              session.commit();
            })
        .isInstanceOf(JMSException.class);
    if (!queue.contains("::")) {
      assertThat(taken(queue)).isEmpty();
    }
    assertThat(taken("from.midt")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from.odense",
        "to.midt",
        "deliver.employment-odense",
        "activemq.management",
        "activemq.notifications"
      })
  void refusesAClientThatAsksNoQuestionsFirst(String queue) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(url("odense"));
        ClientSessionFactory factory = locator.setCallTimeout(CALL_TIMEOUT).createSessionFactory();
        ClientSession session = factory.createSession()) {
      assertThatThrownBy(() -> session.createConsumer(queue)).isInstanceOf(ActiveMQException.class);
      assertThatThrownBy(() -> session.createConsumer(queue, true))
          .isInstanceOf(ActiveMQException.class);
      assertThatThrownBy(() -> session.deleteQueue(queue)).isInstanceOf(ActiveMQException.class);
      assertThatThrownBy(
              () ->
                  session.createQueue(
                      QueueConfiguration.of("copy").setAddress(SimpleString.of(queue))))
          .isInstanceOf(ActiveMQException.class);
    }
  }

  @Test
  void refusesToManageAnything() throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(url("odense"));
        ClientSessionFactory factory = locator.setCallTimeout(CALL_TIMEOUT).createSessionFactory();
        ClientSession session = factory.createSession();
        var producer = session.createProducer("activemq.management")) {
      var request = session.createMessage(true);
      ManagementHelper.putOperationInvocation(
          request, ResourceNames.BROKER, "listConnectionsAsJSON");

      assertThatThrownBy(() -> producer.send(request)).isInstanceOf(ActiveMQException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from.midt.answers",
        "to.midt",
        "to.odense",
        "from.odense",
        "deliver.psychiatry-midt",
        "activemq.management"
      })
  void refusesAMessageThatAsksForItsAnswerAnywhereButBesideItsOwnQueue(String replyTo)
      throws JMSException {
    for (boolean transacted : new boolean[] {true, false}) {
      Session session = session("odense", transacted);
      Message message = bytes(session, CMS);
      message.setJMSReplyTo(ActiveMQJMSClient.createQueue(replyTo));

      assertThatThrownBy(
              () -> {
                send(session, "from.odense", message);
                session.commit();
              })
          .hasStackTraceContaining("REPLY_QUEUE_NOT_ALLOWED");
    }
    assertThat(COUNTED).containsExactly("REPLY_QUEUE_NOT_ALLOWED");
    assertThat(taken("from.odense")).isEmpty();
  }

  @Test
  void refusesATemporaryQueueAndATopicForTheAnswer() throws JMSException {
    Session session = session("odense");
    Message message = bytes(session, CMS);
    message.setJMSReplyTo(session.createTopic("from.odense.answers"));

    assertThatThrownBy(session::createTemporaryQueue).isInstanceOf(JMSSecurityException.class);
    assertThatThrownBy(
            () -> {
              send(session, "from.odense", message);
              session.commit();
            })
        .hasStackTraceContaining("REPLY_QUEUE_NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVEMQ.CLUSTER.ADMIN.USER,CHANGE ME!!",
    "gateway,gateway",
    "psychiatry-midt,x",
    "odense,''"
  })
  void takesNobodysWordForWhoItIs(String user, String password) {
    ActiveMQConnectionFactory factory = factory("odense");

    assertThatThrownBy(() -> factory.createConnection(user, password))
        .isInstanceOf(JMSSecurityException.class)
        .hasMessageContaining("NO_USER_NAMES");
    factory.close();
  }

  @Test
  void cutsOffAMessageThatIsFarTooLargeAndServesItsSenderAgain() throws JMSException {
    byte[] huge = new byte[MOST_BYTES + 3 * FrameGuard.MOST_BYTES];
    Session session = session("odense");

    assertThatThrownBy(
            () -> {
              send(session, "from.odense", bytes(session, huge));
              session.commit();
            })
        .isInstanceOf(JMSException.class);

    assertThat(taken("from.odense")).isEmpty();
    Session again = session("odense");
    send(again, "from.odense", bytes(again, CMS));
    again.commit();
    assertThat(taken("from.odense")).hasSize(1);
  }

  @Test
  void tellsASenderWhoseQueueIsFullAndServesTheOthers() throws JMSException {
    // Nearly as many as may wait, by one commit: it is the last that is refused.
    Session many = session("odense");
    try (MessageProducer producer = many.createProducer(many.createQueue("from.odense"))) {
      for (int i = 0; i < 880; i++) {
        producer.send(bytes(many, CMS));
      }
    }
    many.commit();
    Session session = session("odense", false);
    Message message = bytes(session, CMS);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1120; i++) {
                send(session, "from.odense", message);
              }
            })
        .isInstanceOf(JMSException.class)
        .hasMessageContaining("full");

    Session other = session("midt");
    send(other, "from.midt", bytes(other, CMS));
    other.commit();
    assertThat(taken("from.midt")).hasSize(1);
    assertThat(taken("from.odense")).hasSizeBetween(900, 1100);
  }

  @Test
  void closesTheConnectionsThatOneCertificateHasTooManyOf() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 40; i++) {
                connection("odense");
              }
            })
        .isInstanceOf(JMSException.class);
    assertThat(COUNTED).contains("TOO_MANY_OPEN");
  }

  @Test
  void takesARightAwayWithTheDirectoryWithoutARestart() throws JMSException {
    Session session = session("odense");
    MessageConsumer consumer = session.createConsumer(session.createQueue("to.odense"));
    Session other = session("midt");

    DIRECTORY.set(directory(false));
    assertThatThrownBy(
            () -> {
              send(session, "from.odense", bytes(session, CMS));
              session.commit();
            })
        .isInstanceOf(JMSException.class);
    door.follow();

    await().atMost(LIMIT).until(() -> isClosed(consumer));
    send(other, "from.midt", bytes(other, CMS));
    other.commit();
    assertThat(taken("from.midt")).hasSize(1);
  }

  @Test
  void closesTheConnectionsOfACertificateThatIsRevoked() throws JMSException {
    MessageConsumer consumer = consumer(session("odense"), "to.odense");
    MessageConsumer other = consumer(session("midt"), "to.midt");
    REVOKED.add(ODENSE.model().fingerprint());

    door.follow();

    await().atMost(LIMIT).until(() -> isClosed(consumer));
    assertThat(isClosed(other)).isFalse();
    assertThat(COUNTED).containsExactly("NOT_ALLOWED");
  }

  @Test
  void letsAClientThatConnectsAgainByItselfBackInOnceItsCertificateCounts() throws JMSException {
    try (ActiveMQConnectionFactory factory = factory("odense")) {
      factory.setReconnectAttempts(-1);
      factory.setRetryInterval(SHORTLY);
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
          MessageConsumer consumer = consumer(session, "to.odense")) {
        connection.start();
        List<FailoverEventType> events = new CopyOnWriteArrayList<>();
        ((ActiveMQConnection) connection).setFailoverListener(events::add);
        REVOKED.add(ODENSE.model().fingerprint());
        door.follow();
        await().atMost(LIMIT).until(() -> events.contains(FailoverEventType.FAILURE_DETECTED));
        REVOKED.clear();

        put("to.odense");

        assertThat(consumer.receive(LIMIT.toMillis())).isNotNull();
        session.commit();
      }
    }
  }

  @Test
  void speaksNothingButItsProtocolAndNothingInTheClear() throws Exception {
    try (SSLSocket socket =
        (SSLSocket) client("odense").getSocketFactory().createSocket("localhost", port)) {
      socket.getOutputStream().write("POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout((int) LIMIT.toMillis());
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(COUNTED).containsExactly("FRAME_NOT_ALLOWED");
    ActiveMQConnectionFactory clear =
        new ActiveMQConnectionFactory("tcp://localhost:" + port + "?initialConnectAttempts=1");
    clear.setCallTimeout(2000);
    assertThatThrownBy(clear::createConnection).isInstanceOf(JMSException.class);
    clear.close();
  }

  @Test
  void refusesTransactionsThatOthersCouldEnd() {
    try (ActiveMQConnectionFactory factory = factory("odense")) {
      assertThatThrownBy(
              () -> {
                try (var connection = factory.createXAConnection()) {
                  connection.createXASession().getXAResource().recover(0);
                }
              })
          .hasMessageContaining("XA_NOT_ALLOWED");
    }
  }

  /** A letter, as the gateway puts it. */
  private static void put(String queue) {
    assertThat(
            new JmsDelivery(name -> Optional.of(within.producers()))
                .deliver(
                    Deliveries.to(
                        Endpoint.Channel.JMS,
                        URI.create("jms:" + queue),
                        BundleId.random(),
                        new Payload(CMS, MediaType.CMS))))
        .isInstanceOf(Delivered.class);
  }

  private void answerAsTheGatewayDoes(String queue) throws JMSException {
    try (Connection connection = within.consumers().createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      connection.start();
      QueueMessage came = new QueueMessage(receive(session, queue), session);
      assertThat(came.reply(new QueueMessage.Reply("TAKEN", Optional.empty(), ""))).isTrue();
      session.commit();
    }
  }

  /** What the gateway finds there. */
  private static List<Message> taken(String queue) throws JMSException {
    List<Message> all = new ArrayList<>();
    try (Connection connection = within.consumers().createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      connection.start();
      for (Message one = consumer.receiveNoWait(); one != null; one = consumer.receiveNoWait()) {
        all.add(one);
      }
      session.commit();
    }
    return all;
  }

  private static boolean isClosed(MessageConsumer consumer) {
    try {
      consumer.receive(SHORTLY);
      return false;
    } catch (JMSException closed) {
      return true;
    }
  }

  private static MessageConsumer consumer(Session session, String queue) throws JMSException {
    return session.createConsumer(session.createQueue(queue));
  }

  private static Message receive(Session session, String queue) throws JMSException {
    try (MessageConsumer consumer = consumer(session, queue)) {
      Message came = consumer.receive(LIMIT.toMillis());
      assertThat(came).as("a message on %s", queue).isNotNull();
      return came;
    }
  }

  private static void send(Session session, String queue, Message message) throws JMSException {
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.send(message);
    }
  }

  private static Message bytes(Session session, byte[] body) throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(body);
    return message;
  }

  private Session session(String key) throws JMSException {
    return session(key, true);
  }

  private Session session(String key, boolean transacted) throws JMSException {
    return connection(key)
        .createSession(
            transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
  }

  private static void assertIsNotLetIn(String key) throws JMSException {
    try (ActiveMQConnectionFactory good = factory("midt");
        ActiveMQConnectionFactory refused = factory(key)) {
      good.setCallTimeout(REFUSED_AFTER);
      good.createConnection().close();
      refused.setCallTimeout(REFUSED_AFTER);
      assertThatThrownBy(refused::createConnection).isInstanceOf(JMSException.class);
    }
  }

  private Connection connection(String key) throws JMSException {
    ActiveMQConnectionFactory factory = factory(key);
    opened.add(factory);
    Connection connection = factory.createConnection();
    opened.add(0, connection);
    connection.start();
    return connection;
  }

  private static ActiveMQConnectionFactory factory(String key) {
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url(key));
    factory.setReconnectAttempts(0);
    factory.setCallTimeout(CALL_TIMEOUT);
    return factory;
  }

  private static String url(String key) {
    String url = "tcp://localhost:" + port + "?sslEnabled=true;" + store("trust", "ca");
    return key.isEmpty() ? url : url + ";" + store("key", key);
  }

  private static String store(String use, String name) {
    return "%sStorePath=%s;%sStorePassword=%s;%sStoreType=PKCS12"
        .formatted(use, folder.resolve(name + ".p12"), use, PASSWORD, use);
  }

  private static void keyStore(String name, TestCa.Issued issued)
      throws GeneralSecurityException, IOException {
    write(name, issued.keyStore());
  }

  private static void trustStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", CA.certificate());
    write("ca", store);
  }

  private static void write(String name, KeyStore store)
      throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".p12"))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private static SSLEngine engine() {
    SSLEngine engine = context(SERVER, new Judge()).createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  private static final TestCa.Issued SERVER = CA.server();

  private static SSLContext client(String key) {
    return context(key.equals("odense") ? ODENSE : MIDT, new AnyServer());
  }

  private static SSLContext context(TestCa.Issued own, TrustManager trust) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own.keyStore(), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Takes those that the directory lists, within their dates, and that are not revoked. */
  private static final class Judge implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      chain[0].checkValidity();
      Digest shown = Certificate.of(chain[0].getEncoded()).fingerprint();
      if (REVOKED.contains(shown) || DIRECTORY.get().signedBy(shown).isEmpty()) {
        throw new CertificateException("does not count");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static final class AnyServer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("this is a client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      assertThat(chain).isNotEmpty();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Two parties with queues on the gateway's own broker; the first may lose them. */
  private static Directory directory(boolean withQueues) {
    return YamlDirectory.read(
        TestCa.write(
            folder.resolve("directory.yaml"),
            """
            gateway: {id: attestbro, name: Attestbro, sor: "1000000000016009", gln: "5790001900014"}
            parties:
              - id: employment-odense
                name: Odense
                kind: municipality
                municipality: "0461"
                sor: "1000000000016025"
                gln: "5790001900038"
                validFrom: 2007-01-01
                signers: [odense.pem, expired.pem]
            """
                + (withQueues
                    ? """
                          endpoint: {channel: jms, address: "jms:to.odense", encryptTo: odense.pem, receives: ["*"]}
                          sends: [{channel: jms, address: "jms:from.odense"}]
                      """
                    : "    endpoint: {channel: inbox, receives: [\"*\"]}\n")
                + """
                    - id: psychiatry-midt
                      name: Midt
                      kind: region
                      region: "1082"
                      sor: "1000000000016033"
                      gln: "5790001900045"
                      validFrom: 2007-01-01
                      signers: [midt.pem]
                      endpoint: {channel: jms, address: "jms:to.midt", encryptTo: midt.pem, receives: ["*"]}
                      sends: [{channel: jms, address: "jms:from.midt"}]
                  """));
  }
}
