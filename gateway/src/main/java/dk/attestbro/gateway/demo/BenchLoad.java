package dk.attestbro.gateway.demo;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The load: callers that post letters, and the two partners' ends of each exchange. An exchange is
 * open from the post until its Acknowledgement is at the sender's server; only so many are open at
 * once, and one that takes longer than the limit is an error.
 */
final class BenchLoad {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final GatewayApi gateway;
  private final String token;
  private final BenchLetters letters;
  private final CmsOpener receiver;
  private final CmsOpener sender;
  private final Set<String> gatewayCertificates;
  private final Semaphore open;
  private final int permits;
  private final Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
  private final LongAdder errors = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private volatile BenchFigures figures = new BenchFigures();
  private volatile boolean running = true;
  private volatile String lastError = "";

  /** When it was posted (nanoseconds), and whose figures it counts in. */
  private record Exchange(long posted, BenchFigures figures) {}

  BenchLoad(
      GatewayApi gateway,
      String token,
      BenchLetters letters,
      CmsOpener receiver,
      CmsOpener sender,
      Set<String> gatewayCertificates,
      int permits) {
    this.gateway = gateway;
    this.token = token;
    this.letters = letters;
    this.receiver = receiver;
    this.sender = sender;
    this.gatewayCertificates = gatewayCertificates;
    this.permits = permits;
    this.open = new Semaphore(permits);
  }

  /** Starts this many callers. */
  List<Thread> start(int clients) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(this::post, "bench-client-" + i);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  /** Begins a new count: exchanges that are posted from now on count in it. */
  BenchFigures count() {
    figures = new BenchFigures();
    return figures;
  }

  /** Exchanges that have ended so far, in every count. */
  long completed() {
    return completed.sum();
  }

  long errors() {
    return errors.sum();
  }

  String lastError() {
    return lastError;
  }

  /** Posts no more, and waits until what is open has ended; what has not is an error. */
  void stop() throws InterruptedException {
    running = false;
    if (!open.tryAcquire(permits, LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      errors.add(exchanges.size());
      lastError = "exchanges that were not acknowledged within " + LIMIT.toSeconds() + " s";
    }
  }

  /** The receiving partner's end. */
  PartnerListener.Response receive(byte[] body, String contentType) {
    return guarded(
        () -> {
          String id = BenchLetters.idIn(opened(receiver, body, contentType));
          Exchange exchange = exchanges.get(id);
          if (exchange != null) {
            exchange.figures().delivered(System.nanoTime() - exchange.posted());
          }
          Payload answer = letters.acknowledgementOf(id);
          return new PartnerListener.Response(200, answer.mediaType().value(), answer.bytes());
        });
  }

  /** The sending partner's end: an Acknowledgement closes its exchange. */
  PartnerListener.Response receiveAcknowledgement(byte[] body, String contentType) {
    return guarded(
        () -> {
          String id = BenchLetters.idIn(opened(sender, body, contentType));
          Exchange exchange = exchanges.remove(id);
          if (exchange != null) {
            exchange.figures().acknowledged(System.nanoTime() - exchange.posted());
            completed.increment();
            open.release();
          }
          return PartnerListener.Response.empty(200);
        });
  }

  private void post() {
    while (running) {
      open.acquireUninterruptibly();
      if (!running) {
        open.release();
        return;
      }
      String id = BenchLetters.newId();
      Payload letter = letters.letter(id);
      Exchange exchange = new Exchange(System.nanoTime(), figures);
      exchanges.put(id, exchange);
      try {
        gateway.process(token, letter).expect(202);
        exchange.figures().accepted(System.nanoTime() - exchange.posted());
      } catch (StepFailed refused) {
        failed(refused);
        if (exchanges.remove(id) != null) {
          open.release();
        }
      }
    }
  }

  private Payload opened(CmsOpener opener, byte[] body, String contentType) {
    if (!MediaType.parse(contentType).filter(t -> t == MediaType.CMS).isPresent()) {
      throw new StepFailed("a message that is not encrypted");
    }
    CmsOpener.Opened opened = opener.open(body);
    if (!gatewayCertificates.contains(ThrowawayKey.fingerprint(opened.signer()).hex())) {
      throw new StepFailed("a message signed by someone who is not the gateway");
    }
    return opened.content();
  }

  private PartnerListener.Response guarded(Supplier<PartnerListener.Response> work) {
    try {
      return work.get();
    } catch (RuntimeException trouble) {
      failed(trouble);
      return PartnerListener.Response.empty(500);
    }
  }

  private void failed(RuntimeException trouble) {
    errors.increment();
    lastError = trouble.toString();
  }
}
