package dk.attestbro.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.port.ChannelProbe.Part;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.ServerTrust;
import dk.attestbro.samples.Deliveries;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.trust.JudgedServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsDeliveryTest {
  private static final ServerTrust VOUCHES = JudgedServers.byPlatform();
  private static final TestCa CA = new TestCa("Test CA");
  private static final Issued SERVER = CA.server();
  private static final Issued CLIENT = CA.client("gateway", TestCa.Keys.P256);
  private static final Payload LETTER = payload("{\"resourceType\":\"Bundle\"}");
  private static final HttpsSettings SETTINGS =
      new HttpsSettings(Duration.ofSeconds(5), Duration.ofSeconds(20), 1000);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }

  @Test
  void postsTheBytesAndGivesTheResponseBack() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    start(
        SERVER,
        false,
        exchange -> {
          seen.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, 200, "application/fhir+json;charset=utf-8", "{\"a\":1}");
        });

    DeliveryOutcome outcome = delivery().deliver(delivery(endpoint(CA.model()), LETTER));

    assertThat(outcome).isEqualTo(new Delivered(Optional.of(payload("{\"a\":1}"))));
    assertThat(seen.get())
        .isEqualTo(
            "POST /fhir/$process-message application/fhir+json {\"resourceType\":\"Bundle\"}");
  }

  @Test
  void saysWhatKindOfCmsItSends() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    start(
        SERVER,
        false,
        exchange -> {
          seen.set(exchange.getRequestHeaders().getFirst("Content-Type"));
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 202, "text/plain", "thanks");
        });

    DeliveryOutcome outcome =
        delivery()
            .deliver(delivery(endpoint(CA.model()), new Payload(LETTER.bytes(), MediaType.CMS)));

    assertThat(outcome).isEqualTo(new Delivered(Optional.empty()));
    assertThat(seen.get()).isEqualTo("application/pkcs7-mime; smime-type=authEnveloped-data");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 408, 425, 429, 500, 502, 503, 504, 507, 599})
  void triesAgainLater(int status) throws Exception {
    start(SERVER, false, exchange -> answer(exchange, status, "application/fhir+json", "{}"));

    assertThat(delivery().deliver(delivery(endpoint(CA.model()), LETTER)))
        .isEqualTo(
            new TransientFailure(
                "HTTP_" + status, Optional.empty(), false, false, Optional.of(payload("{}"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 307, 308, 400, 402, 405, 409, 410, 413, 415, 422, 501, 505})
  void givesUp(int status) throws Exception {
    start(
        SERVER,
        false,
        exchange -> {
          exchange.getResponseHeaders().set("Location", "https://localhost:1/elsewhere");
          answer(exchange, status, "text/html", "no");
        });

    assertThat(delivery().deliver(delivery(endpoint(CA.model()), LETTER)))
        .isEqualTo(new FatalFailure("HTTP_" + status));
  }

  @Test
  void obeysRetryAfterInSecondsAndAsADate() throws Exception {
    AtomicReference<String> wish = new AtomicReference<>("120");
    start(
        SERVER,
        false,
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", wish.get());
          answer(exchange, 503, "text/plain", "");
        });
    // TLS checks dates by this clock too, so the date lies within the certificates'.
    Instant now = Instant.parse(Instant.now().toString().substring(0, 19) + "Z");
    HttpsDelivery delivery =
        new HttpsDelivery(
            SETTINGS, Optional.empty(), List.of(), VOUCHES, Clock.fixed(now, ZoneOffset.UTC));

    assertThat(retryAfter(delivery)).contains(Duration.ofMinutes(2));
    wish.set(
        java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
            now.plusSeconds(3600).atZone(ZoneOffset.UTC)));
    assertThat(retryAfter(delivery)).contains(Duration.ofHours(1));
    wish.set("soon");
    assertThat(retryAfter(delivery)).isEmpty();
  }

  private Optional<Duration> retryAfter(HttpsDelivery delivery) {
    return ((TransientFailure) delivery.deliver(delivery(endpoint(CA.model()), LETTER)))
        .retryAfter();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void showsItsCertificateToAServerThatAsks(TestCa.Keys kind) throws Exception {
    Issued own = CA.client("gateway", kind);
    AtomicReference<Object> seen = new AtomicReference<>("");
    start(
        SERVER,
        true,
        exchange -> {
          seen.set(((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
          answer(exchange, 200, "text/plain", "");
        });

    DeliveryOutcome outcome = delivery(own).deliver(delivery(endpoint(CA.model()), LETTER));

    assertThat(outcome).isInstanceOf(Delivered.class);
    assertThat(seen.get()).isEqualTo(own.certificate());
  }

  @Test
  void tellsThatTheServerRefusesOurCertificate() throws Exception {
    start(SERVER, true, exchange -> answer(exchange, 200, "text/plain", ""));
    HttpsDelivery nameless =
        new HttpsDelivery(SETTINGS, Optional.empty(), List.of(), VOUCHES, Clock.systemUTC());

    DeliveryOutcome outcome = nameless.deliver(delivery(endpoint(CA.model()), LETTER));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TransientFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo("TLS_FAILED");
              assertThat(failure.alarm()).isTrue();
            });
    assertThat(probe(nameless, endpoint(CA.model())))
        .extracting(Hop::result)
        .containsExactly("OK", "OK", "TLS_FAILED");
  }

  @Test
  void tellsThatTheServerBreaksAConnectionThoughItTakesOurCertificate() throws Exception {
    start(SERVER, true, HttpExchange::close);

    assertThat(delivery().deliver(delivery(endpoint(CA.model()), LETTER)))
        .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), true, false));
  }

  @Test
  void trustsNobodyButTheEndpointsOwnIssuer() throws Exception {
    start(SERVER, false, exchange -> answer(exchange, 200, "text/plain", ""));

    assertTlsFails(new TestCa("Another CA").model());
  }

  @Test
  void refusesAServerOfAnotherName() throws Exception {
    start(CA.serverOfAnotherName(), false, exchange -> answer(exchange, 200, "text/plain", ""));

    assertTlsFails(CA.model());
  }

  @Test
  void refusesAPinnedServerWhoseCertificateHasEnded() throws Exception {
    start(SERVER, false, exchange -> answer(exchange, 200, "text/plain", ""));
    Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(400)), ZoneOffset.UTC);
    HttpsDelivery delivery =
        new HttpsDelivery(
            SETTINGS,
            Optional.empty(),
            List.of(),
            new JudgedServers(
                (server, others, purpose, at) ->
                    new CertificateTrust.Trusted(List.of(server), List.of(), false),
                later),
            later);

    assertThat(delivery.deliver(delivery(endpoint(SERVER.model()), LETTER)).reason())
        .isEqualTo("TLS_FAILED");
    assertThat(delivery().deliver(delivery(endpoint(SERVER.model()), LETTER)))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void refusesAServerWhoseCertificateWasRevokedAndLeavesOneUnderOtherRootsToThePlatform()
      throws Exception {
    start(SERVER, false, exchange -> answer(exchange, 200, "text/plain", ""));

    assertThat(judged(RefusalReason.CERTIFICATE_REVOKED).reason()).isEqualTo("TLS_FAILED");
    assertThat(judged(RefusalReason.CERTIFICATE_STATUS_UNKNOWN).reason()).isEqualTo("TLS_FAILED");
    assertThat(judged(RefusalReason.CERTIFICATE_UNTRUSTED)).isInstanceOf(Delivered.class);
  }

  private DeliveryOutcome judged(RefusalReason reason) {
    CertificateTrust servers =
        (server, others, purpose, at) ->
            new CertificateTrust.Refused(
                purpose == CertificateTrust.Purpose.TLS_SERVER
                    ? reason
                    : RefusalReason.INTERNAL_ERROR,
                "");
    return new HttpsDelivery(
            SETTINGS,
            Optional.empty(),
            List.of(),
            new JudgedServers(servers, Clock.systemUTC()),
            Clock.systemUTC())
        .deliver(delivery(endpoint(CA.model()), LETTER));
  }

  @Test
  void trustsTheConfiguredRootsWhereTheEndpointNamesNone() throws Exception {
    start(SERVER, false, exchange -> answer(exchange, 200, "text/plain", ""));
    HttpsDelivery delivery =
        new HttpsDelivery(
            SETTINGS, Optional.empty(), List.of(CA.model()), VOUCHES, Clock.systemUTC());

    assertThat(delivery.deliver(delivery(at(address()).endpoint(), LETTER)))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void showsTheNewCertificateOnceItsKeyHasChanged() throws Exception {
    List<Object> shown = new java.util.concurrent.CopyOnWriteArrayList<>();
    start(
        SERVER,
        true,
        exchange -> {
          shown.add(((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
          answer(exchange, 200, "text/plain", "");
        });
    Issued next = CA.client("gateway", TestCa.Keys.P256);
    AtomicReference<Issued> own = new AtomicReference<>(CLIENT);
    HttpsDelivery delivery =
        new HttpsDelivery(
            SETTINGS,
            () -> Optional.of(new TlsIdentity(own.get().key(), List.of(own.get().certificate()))),
            List.of(),
            VOUCHES,
            Clock.systemUTC());

    assertThat(delivery.deliver(delivery(endpoint(CA.model()), LETTER)))
        .isInstanceOf(Delivered.class);
    own.set(next);
    assertThat(delivery.deliver(delivery(endpoint(CA.model()), LETTER)))
        .isInstanceOf(Delivered.class);

    assertThat(shown).containsExactly(CLIENT.certificate(), next.certificate());
  }

  @Test
  void saysThatNothingWasSentWhereNobodyListens() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = closed.getLocalPort();
      closed.close();

      assertThat(
              delivery().deliver(delivery(at("http://localhost:" + port + "/").endpoint(), LETTER)))
          .isEqualTo(new TransientFailure("CONNECT_FAILED"));
    }
  }

  @Test
  void saysPerhapsDeliveredWhereNoAnswerComesInTime() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    start(
        SERVER,
        false,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          awaitQuietly(over);
        });

    DeliveryOutcome outcome = impatient().deliver(delivery(endpoint(CA.model()), LETTER));
    over.countDown();

    assertThat(outcome).isEqualTo(new TransientFailure("TIMEOUT", Optional.empty(), true, false));
  }

  @Test
  void saysPerhapsDeliveredWhereTheConnectionBreaksAfterTheBody() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      AtomicInteger connections = new AtomicInteger();
      threads.execute(() -> hangUp(listening, connections, LETTER.size()));

      DeliveryOutcome outcome = delivery().deliver(delivery(plain(listening), LETTER));

      assertThat(outcome)
          .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), true, false));
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void saysNotDeliveredWhereTheConnectionBreaksWithinTheBody() throws Exception {
    Payload large = new Payload(new byte[50_000_000], MediaType.FHIR_XML);
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> hangUp(listening, new AtomicInteger(), 100_000));

      DeliveryOutcome outcome = delivery().deliver(delivery(plain(listening), large));

      assertThat(outcome)
          .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), false, false));
    }
  }

  @Test
  void hearsARefusalBeforeALargeLetterHasLeft() throws Exception {
    Payload large = new Payload(new byte[50_000_000], MediaType.FHIR_XML);
    AtomicInteger received = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    start(
        SERVER,
        false,
        exchange -> {
          exchange.sendResponseHeaders(413, 1);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          received.set(readUntilItBreaks(exchange.getRequestBody()));
          over.countDown();
        });

    DeliveryOutcome outcome = delivery().deliver(delivery(endpoint(CA.model()), large));

    assertThat(outcome).isEqualTo(new FatalFailure("HTTP_413"));
    assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(received.get()).isLessThan(large.size());
  }

  @Test
  void takesANewConnectionWhereTheServerHasClosedTheKeptOne() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> answerOnce(listening, closed));
      HttpsDelivery delivery = delivery();
      Endpoint endpoint = plain(listening);

      assertThat(delivery.deliver(delivery(endpoint, LETTER))).isInstanceOf(Delivered.class);
      await().until(() -> closed.get() == 1);
      long idleSince = System.nanoTime();
      await().until(() -> System.nanoTime() - idleSince > Duration.ofMillis(200).toNanos());
      assertThat(delivery.deliver(delivery(endpoint, LETTER))).isInstanceOf(Delivered.class);

      await().until(() -> closed.get() == 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "Name: value\r\n"})
  void readsNoAnswerWhoseHeadDoesNotEnd(String piece) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> answerWithoutEnd(listening, piece));

      DeliveryOutcome outcome = delivery().deliver(delivery(plain(listening), LETTER));

      assertThat(outcome)
          .isEqualTo(new TransientFailure("CONNECTION_BROKEN", Optional.empty(), true, false));
    }
  }

  @Test
  void readsNoMoreOfAResponseThatIsTooLong() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    CountDownLatch broken = new CountDownLatch(1);
    start(
        SERVER,
        false,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 0);
          try {
            while (sent.get() < 100_000_000) {
              exchange.getResponseBody().write(new byte[10_000]);
              sent.addAndGet(10_000);
            }
          } finally {
            broken.countDown();
          }
        });

    DeliveryOutcome outcome = delivery().deliver(delivery(endpoint(CA.model()), LETTER));

    assertThat(outcome).isEqualTo(new Delivered(Optional.empty()));
    assertThat(broken.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sent.get()).isLessThan(100_000_000);
  }

  @Test
  void leavesAResponseAsideThatIsTooLong() throws Exception {
    start(
        SERVER,
        false,
        exchange -> answer(exchange, 200, "application/fhir+json", "x".repeat(1001)));

    assertThat(delivery().deliver(delivery(endpoint(CA.model()), LETTER)))
        .isEqualTo(new Delivered(Optional.empty()));
  }

  @Test
  void countsTheStatusOfAResponseWhoseBodyDoesNotComeInTime() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    start(
        SERVER,
        false,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[50]);
          exchange.getResponseBody().flush();
          awaitQuietly(over);
        });

    DeliveryOutcome outcome = impatient().deliver(delivery(endpoint(CA.model()), LETTER));
    over.countDown();

    assertThat(outcome).isEqualTo(new Delivered(Optional.empty()));
  }

  @Test
  void keepsItsConnection() throws Exception {
    Set<Integer> ports = java.util.concurrent.ConcurrentHashMap.newKeySet();
    start(
        SERVER,
        false,
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 200, "application/fhir+json", "{}");
        });
    HttpsDelivery delivery = delivery();

    for (int i = 0; i < 5; i++) {
      delivery.deliver(delivery(endpoint(CA.model()), LETTER));
    }

    assertThat(ports).hasSize(1);
  }

  @Test
  void sendsALargeLetter() throws Exception {
    byte[] bytes = new byte[10_000_000];
    AtomicInteger received = new AtomicInteger();
    start(
        SERVER,
        false,
        exchange -> {
          byte[] chunk = new byte[1 << 16];
          InputStream body = exchange.getRequestBody();
          for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
            received.addAndGet(n);
          }
          answer(exchange, 200, "text/plain", "");
        });

    assertThat(
            delivery()
                .deliver(delivery(endpoint(CA.model()), new Payload(bytes, MediaType.FHIR_XML))))
        .isInstanceOf(Delivered.class);
    assertThat(received).hasValue(bytes.length);
  }

  private void assertTlsFails(Certificate trust) {
    assertThat(delivery().deliver(delivery(endpoint(trust), LETTER)))
        .isEqualTo(new TransientFailure("TLS_FAILED", Optional.empty(), false, true));
  }

  @Test
  void probesEachPartOfTheWayWithoutALetter() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    start(
        SERVER,
        true,
        exchange -> {
          seen.set(exchange.getRequestMethod());
          answer(exchange, 405, "text/plain", "");
        });

    List<Hop> known = probe(endpoint(CA.model()));
    List<Hop> distrusted = probe(endpoint(new TestCa("Another CA").model()));
    server.stop(0);
    List<Hop> gone = probe(endpoint(CA.model()));

    assertThat(known)
        .extracting(Hop::part)
        .containsExactly(Part.ADDRESS, Part.CONNECTION, Part.SECURITY, Part.ANSWER);
    assertThat(known).allMatch(Hop::isGood);
    assertThat(seen.get()).isEqualTo("OPTIONS");
    assertThat(distrusted).extracting(Hop::result).containsExactly("OK", "OK", "TLS_FAILED");
    assertThat(gone).extracting(Hop::result).containsExactly("OK", "CONNECT_FAILED");
  }

  private static List<Hop> probe(Endpoint endpoint) {
    return probe(delivery(), endpoint);
  }

  private static List<Hop> probe(HttpsDelivery delivery, Endpoint endpoint) {
    return new HttpsProbe(delivery, Duration.ofSeconds(5)).probe(endpoint);
  }

  private void start(Issued identity, boolean demandsCertificate, HttpHandler handler)
      throws IOException {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    https.setHttpsConfigurator(
        new HttpsConfigurator(CA.serverContext(identity)) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(demandsCertificate);
            parameters.setSSLParameters(ssl);
          }
        });
    https.createContext("/", handler);
    https.setExecutor(threads);
    https.start();
    server = https;
  }

  private static HttpsDelivery impatient() {
    return new HttpsDelivery(
        new HttpsSettings(Duration.ofSeconds(5), Duration.ofMillis(1500), 1000),
        Optional.empty(),
        List.of(),
        VOUCHES,
        Clock.systemUTC());
  }

  private static void awaitQuietly(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void answerWithoutEnd(ServerSocket listening, String piece) {
    try (Socket socket = listening.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] pieces = piece.repeat(1000).getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(pieces);
      }
    } catch (IOException refused) {
      // The sender has heard enough.
    }
  }

  private static int readUntilItBreaks(InputStream body) {
    byte[] chunk = new byte[1 << 16];
    int total = 0;
    try {
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        total += n;
      }
    } catch (IOException broken) {
      // The sender has heard enough.
    }
    return total;
  }

  /** Answers one letter on each connection as if it kept it, and closes it. */
  private static void answerOnce(ServerSocket listening, AtomicInteger closed) {
    try {
      while (true) {
        try (Socket socket = listening.accept()) {
          InputStream in = socket.getInputStream();
          byte[] chunk = new byte[8192];
          String text = "";
          while (!text.contains("\"Bundle\"")) {
            text += new String(chunk, 0, in.read(chunk), StandardCharsets.ISO_8859_1);
          }
          socket
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        }
        closed.incrementAndGet();
      }
    } catch (IOException over) {
      // The test is over.
    }
  }

  /** Takes connections, reads so many bytes at least of each, and hangs up without an answer. */
  private static void hangUp(ServerSocket listening, AtomicInteger connections, int atLeast) {
    try {
      while (true) {
        try (Socket socket = listening.accept()) {
          connections.incrementAndGet();
          InputStream in = socket.getInputStream();
          byte[] chunk = new byte[8192];
          int total = 0;
          String text = "";
          while (total < atLeast || !text.contains("\"Bundle\"")) {
            int n = in.read(chunk);
            if (n < 0 || total > 100_000) {
              break;
            }
            total += n;
            text = new String(chunk, 0, n, StandardCharsets.ISO_8859_1);
          }
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static HttpsDelivery delivery() {
    return delivery(CLIENT);
  }

  private static HttpsDelivery delivery(Issued own) {
    return new HttpsDelivery(
        SETTINGS,
        Optional.of(new TlsIdentity(own.key(), List.of(own.certificate()))),
        List.of(),
        VOUCHES,
        Clock.systemUTC());
  }

  private Endpoint endpoint(Certificate trust) {
    return at(address()).trusting(trust).endpoint();
  }

  private String address() {
    return "https://localhost:" + server.getAddress().getPort() + "/fhir/$process-message";
  }

  /** A server that is played by the test itself. */
  private static Endpoint plain(ServerSocket listening) {
    return at("http://127.0.0.1:" + listening.getLocalPort() + "/").endpoint();
  }

  private static EndpointSample at(String address) {
    return EndpointSample.of(Endpoint.Channel.HTTPS).at(URI.create(address));
  }

  private static Delivery delivery(Endpoint receiver, Payload body) {
    return Deliveries.to(receiver, new BundleId("bundle-1"), body);
  }

  private static Payload payload(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);
  }
}
