package dk.attestbro.gateway.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A partner that remembers what it got: every letter with the envelopes that brought it and the
 * moment of the first. It gives one Acknowledgement per letter, the same to every copy.
 */
final class RememberingPartner implements AutoCloseable {
  /** What it does with a letter. */
  enum Way {
    ACKNOWLEDGES_IN_THE_RESPONSE,
    POSTS_ITS_ACKNOWLEDGEMENT,
    SAYS_NOTHING,
    REFUSES,
    HANGS
  }

  private static final int THREADS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A letter as it came first, and every Bundle.id that it came in, with repeats. */
  record Remembered(long nanos, List<String> envelopes) {}

  private final Organisations own;
  private final Messages messages;
  private final Clock clock = Clock.systemUTC();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ExecutorService posts = Executors.newFixedThreadPool(4);
  private final Map<String, Remembered> letters = new ConcurrentHashMap<>();
  private final Map<String, Payload> acknowledgements = new ConcurrentHashMap<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final AtomicInteger hanging = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile CountDownLatch hang = new CountDownLatch(1);
  private volatile Way way;
  private volatile Optional<Installation> gateway = Optional.empty();

  RememberingPartner(Organisations own, Way way) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.own = own;
    this.way = way;
    this.messages = Messages.standard();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void connect(Installation installation) {
    gateway = Optional.of(installation);
  }

  /** From now on it does so; what hangs is let go, without an answer. */
  void now(Way other) {
    CountDownLatch before = hang;
    hang = new CountDownLatch(1);
    way = other;
    before.countDown();
  }

  /** The letters that came, by id; Acknowledgements are not counted. */
  Map<String, Remembered> letters() {
    return letters;
  }

  int hanging() {
    return hanging.get();
  }

  List<String> troubles() {
    return troubles;
  }

  /** Copies beyond the first, over all letters. */
  long repeats() {
    return letters.values().stream().mapToLong(l -> l.envelopes().size() - 1L).sum();
  }

  @Override
  public void close() {
    end.countDown();
    hang.countDown();
    server.stop(0);
    threads.shutdownNow();
    posts.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (way == Way.HANGS) {
        hang(hang);
        return;
      }
      if (way == Way.REFUSES) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      MessageReading message =
          messages.reader().read(new Payload(body, MediaType.parse(type).orElseThrow()));
      if (message.event().equals(Optional.of(EventCode.ACKNOWLEDGEMENT))) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      answer(exchange, message);
    } catch (IOException | RuntimeException trouble) {
      if (end.getCount() > 0 && !(trouble instanceof IOException)) {
        troubles.add(trouble.toString());
      }
      throw trouble;
    }
  }

  private void hang(CountDownLatch release) {
    hanging.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      hanging.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange, MessageReading message) throws IOException {
    String id = message.letterId().value();
    letters
        .computeIfAbsent(
            id, first -> new Remembered(System.nanoTime(), new CopyOnWriteArrayList<>()))
        .envelopes()
        .add(message.bundleId().orElseThrow().value());
    if (way == Way.SAYS_NOTHING) {
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    Payload acknowledgement =
        acknowledgements.computeIfAbsent(id, first -> acknowledgement(message));
    if (way == Way.POSTS_ITS_ACKNOWLEDGEMENT) {
      exchange.sendResponseHeaders(202, -1);
      posts.execute(() -> post(acknowledgement));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", acknowledgement.mediaType().value());
    exchange.sendResponseHeaders(200, acknowledgement.size());
    exchange.getResponseBody().write(acknowledgement.bytes());
  }

  /** Repeats until the gateway took it, as a partner must. */
  private void post(Payload acknowledgement) {
    try {
      Await.until(
          "an Acknowledgement that is taken",
          PATIENCE,
          () -> {
            try {
              Installation to = gateway.orElseThrow();
              int status = to.api.process(to.token(own), acknowledgement).status();
              if (status / 100 == 4) {
                troubles.add("an Acknowledgement was answered with " + status);
              }
              return status / 100 == 5 ? Optional.empty() : Optional.of(status);
            } catch (StepFailed down) {
              return Optional.empty();
            }
          });
    } catch (StepFailed never) {
      if (end.getCount() > 0) {
        troubles.add(never.toString());
      }
    }
  }

  private Payload acknowledgement(MessageReading letter) {
    Organisations sender = Organisations.bySor(letter.sender().sor()).orElseThrow();
    return messages
        .writer()
        .acknowledgement(
            new AcknowledgementDraft(
                LetterId.random(),
                BundleId.random(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                own.party(),
                sender.party(),
                Optional.empty(),
                letter.letterId(),
                AcknowledgementCode.OK,
                List.of(),
                Optional.of(letter)),
            letter.payload().mediaType());
  }
}
