package dk.attestbro.gateway.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dk.attestbro.fhir.Messages;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A partner's HTTPS server on the loopback that demands a client certificate. What it answers is
 * said per letter; a letter that nothing was said about gets 202 without a body.
 */
final class Partner implements AutoCloseable {
  static final String PATH = "/fhir/$process-message";
  static final Duration LIMIT = Duration.ofSeconds(25);
  private static final int THREADS = 8;

  private final SSLContext tls;
  private final UnaryOperator<Payload> opener;
  private final int port;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Function<Received, Reply>>> programmes =
      new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private HttpsServer server;

  /** One transmission as it came, opened where it was encrypted. */
  record Received(Payload sent, Payload opened, MessageReading message, String client) {
    String bundleId() {
      return message.bundleId().orElseThrow().value();
    }

    String letterId() {
      return message.letterId().value();
    }
  }

  /** What it does: an answer, or a connection that is dropped or hangs. */
  record Reply(int status, Map<String, String> headers, Optional<Payload> body, Fault fault) {
    static Reply status(int status) {
      return new Reply(status, Map.of(), Optional.empty(), Fault.NONE);
    }

    static Reply status(int status, String header, String value) {
      return new Reply(status, Map.of(header, value), Optional.empty(), Fault.NONE);
    }

    static Reply body(int status, Payload body) {
      return new Reply(status, Map.of(), Optional.of(body), Fault.NONE);
    }

    static Reply dropped() {
      return new Reply(0, Map.of(), Optional.empty(), Fault.DROP);
    }

    static Reply hanging() {
      return new Reply(0, Map.of(), Optional.empty(), Fault.HANG);
    }
  }

  /** What a connection may suffer once the body has been read. */
  enum Fault {
    NONE,
    DROP,
    HANG
  }

  /**
   * Listens at a free port.
   *
   * @param opener opens what came encrypted and checks who signed it
   */
  Partner(SSLContext tls, UnaryOperator<Payload> opener) {
    this.tls = tls;
    this.opener = opener;
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  int port() {
    return port;
  }

  /** Takes no connections any more. */
  void goDown() {
    server.stop(0);
  }

  /** Takes connections again, at the same port. */
  void comeUp() {
    server = listen(port);
  }

  /** What it does with the transmissions of a letter, in order; the last one for all later ones. */
  @SafeVarargs
  final void onLetter(String letterId, Function<Received, Reply>... replies) {
    programmes.put(letterId, new ArrayDeque<>(List.of(replies)));
  }

  /** The transmissions of a letter so far. */
  List<Received> of(String letterId) {
    return received.stream().filter(r -> r.letterId().equals(letterId)).toList();
  }

  /** Waits until a letter has been transmitted so many times, and returns the last of them. */
  Received awaitLetter(String letterId, int times) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(of(letterId)).hasSizeGreaterThanOrEqualTo(times));
    return of(letterId).get(times - 1);
  }

  /** Waits for the request of a case, whoever sent it under whatever letter id. */
  Received awaitRequestOf(String caseId) {
    await().atMost(LIMIT).until(() -> requestsOf(caseId).findFirst().isPresent());
    return requestsOf(caseId).findFirst().orElseThrow();
  }

  private Stream<Received> requestsOf(String caseId) {
    return received.stream()
        .filter(r -> r.message().event().equals(Optional.of(EventCode.CERTIFICATE_REQUEST)))
        .filter(r -> r.message().caseId().map(CaseId::toString).equals(Optional.of(caseId)));
  }

  /** The Acknowledgements about a letter so far. */
  List<Received> acknowledgementsOf(String letterId) {
    return received.stream()
        .filter(
            r ->
                r.message()
                    .acknowledgement()
                    .filter(a -> a.acknowledges().equals(new LetterId(letterId)))
                    .isPresent())
        .toList();
  }

  Received awaitAcknowledgement(String letterId) {
    await().atMost(LIMIT).until(() -> !acknowledgementsOf(letterId).isEmpty());
    return acknowledgementsOf(letterId).get(0);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private HttpsServer listen(int wanted) {
    try {
      System.setProperty("sun.net.httpserver.nodelay", "true");
      HttpsServer made =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 64);
      made.setHttpsConfigurator(new MutualTls(tls));
      made.createContext(PATH, this::serve);
      made.setExecutor(threads);
      made.start();
      return made;
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Payload sent =
          new Payload(
              exchange.getRequestBody().readAllBytes(),
              MediaType.parse(exchange.getRequestHeaders().getFirst("Content-Type")).orElseThrow());
      Payload opened = sent.mediaType() == MediaType.CMS ? opener.apply(sent) : sent;
      Received one =
          new Received(
              sent,
              opened,
              Messages.READER.read(opened),
              ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
      Reply reply = next(one.letterId()).apply(one);
      received.add(one);
      answer(exchange, reply);
    }
  }

  private Function<Received, Reply> next(String letterId) {
    Deque<Function<Received, Reply>> programme =
        programmes.getOrDefault(letterId, new ArrayDeque<>());
    synchronized (programme) {
      if (programme.isEmpty()) {
        return r -> Reply.status(202);
      }
      return programme.size() == 1 ? programme.peekFirst() : programme.removeFirst();
    }
  }

  private void answer(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.fault() == Fault.HANG) {
      hang();
    }
    if (reply.fault() != Fault.NONE) {
      return;
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    if (reply.body().isEmpty()) {
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      byte[] body = reply.body().get().bytes();
      exchange.getResponseHeaders().set("Content-Type", reply.body().get().mediaType().value());
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void hang() {
    try {
      if (!closed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Demands a client certificate. */
  private static final class MutualTls extends HttpsConfigurator {
    MutualTls(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters demanded = getSSLContext().getDefaultSSLParameters();
      demanded.setNeedClientAuth(true);
      parameters.setSSLParameters(demanded);
    }
  }
}
