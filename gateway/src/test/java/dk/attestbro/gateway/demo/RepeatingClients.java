package dk.attestbro.gateway.demo;

import dk.attestbro.model.LetterId;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that post at the same time, each repeating the same request until it has a 2xx: so it is
 * known of every letter that the gateway promised to hold it.
 */
final class RepeatingClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Between two posts of one client: many at a gateway that starts would only slow its start. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** What became of a letter at the door. */
  record Posted(Organisations sender, int status, long nanos, int posts) {}

  private final Installation gateway;
  private final ExecutorService threads;
  private final Map<String, Posted> posted = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();

  RepeatingClients(Installation gateway, int clients) {
    this.gateway = gateway;
    this.threads = Executors.newFixedThreadPool(clients);
  }

  void post(LetterId id, Organisations from, Organisations to) {
    post(id, from, gateway.request(id, from, to));
  }

  void post(LetterId id, Organisations from, Payload letter) {
    waiting.incrementAndGet();
    threads.execute(() -> untilAnswered(id, from, letter));
  }

  /** By letter id. */
  Map<String, Posted> posted() {
    return posted;
  }

  /** Waits until every letter has its answer. */
  void await(Duration limit) {
    Await.until(
        "an answer to every letter",
        limit,
        () -> waiting.get() == 0 ? Optional.of(true) : Optional.empty());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void untilAnswered(LetterId id, Organisations from, Payload letter) {
    AtomicInteger posts = new AtomicInteger();
    long first = System.nanoTime();
    int status =
        Await.until(
            "an answer to a letter",
            PATIENCE,
            PAUSE,
            () -> {
              try {
                posts.incrementAndGet();
                int answered = gateway.api.process(gateway.token(from), letter).status();
                return answered / 100 == 5 ? Optional.empty() : Optional.of(answered);
              } catch (StepFailed down) {
                return Optional.empty();
              }
            });
    posted.put(id.value(), new Posted(from, status, first, posts.get()));
    waiting.decrementAndGet();
  }
}
