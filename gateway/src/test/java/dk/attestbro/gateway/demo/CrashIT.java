package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.demo.RememberingPartner.Way;
import dk.attestbro.model.LetterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise (c): every letter that got a Receipt reaches its end, whenever the gateway is killed.
 * {@code -Dcrash.kills=14} reaches every named point, 200 makes it long, {@code -Dcrash.seed=N}
 * repeats a run.
 */
class CrashIT {
  private static final List<String> POINTS =
      List.of(
          "after-commit-before-answer",
          "after-delivery-before-outcome",
          "after-hand-over-before-send",
          "after-acknowledgement",
          "before-commit",
          "after-send",
          "after-claim");

  private static final int KILLS = Integer.getInteger("crash.kills", 2);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime() & 0xffff);
  private static final int LETTERS = Integer.getInteger("crash.letters", 20);
  private static final String LEASE = "-Dattestbro.lease=4s";
  private static final String STUCK = "-Dattestbro.stuck-after=30s";
  private static final List<Organisations> SENDERS =
      List.of(Organisations.AARHUS, Organisations.ODENSE);

  private final Random random = new Random(SEED);

  @Test
  void everyLetterWithAReceiptIsAcknowledgedThoughTheGatewayIsKilled(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (RememberingPartner responds =
            new RememberingPartner(Organisations.SYD, Way.ACKNOWLEDGES_IN_THE_RESPONSE);
        RememberingPartner posts =
            new RememberingPartner(Organisations.MIDT, Way.POSTS_ITS_ACKNOWLEDGEMENT);
        Installation gateway =
            new Installation(
                folder,
                Map.of(
                    Organisations.SYD, Installation.plainEndpoint(responds.port()),
                    Organisations.MIDT, Installation.plainEndpoint(posts.port())));
        RepeatingClients clients = new RepeatingClients(gateway, 8)) {
      posts.connect(gateway);
      for (int kill = 0; kill < KILLS; kill++) {
        oneLife(gateway, clients, kill);
      }
      gateway.start(LEASE, STUCK);
      // What many short lives left unanswered is answered by the last one, letter by letter.
      clients.await(Duration.ofSeconds(60 + KILLS * LETTERS));
      long up = System.nanoTime();
      Set<String> open = new TreeSet<>(clients.posted().keySet());
      Optional<Boolean> ended = untilAcknowledged(gateway, clients, open);

      System.out.printf(
          "CrashIT: seed %d, %d kills, %d letters, %d not acknowledged, %d ended %.1f s after the"
              + " last start, %d posts repeated, %d deliveries repeated%n",
          SEED,
          KILLS,
          clients.posted().size(),
          open.size(),
          clients.posted().size() - open.size(),
          (System.nanoTime() - up) / 1e9,
          clients.posted().values().stream().mapToInt(p -> p.posts() - 1).sum(),
          responds.repeats() + posts.repeats());
      assertThat(open).as("not acknowledged (seed %d)", SEED).isEmpty();
      assertThat(ended).isPresent();
      assertThat(clients.posted()).hasSize(KILLS * LETTERS);
      assertThat(clients.posted().values()).allMatch(p -> p.status() / 100 == 2);
      Set<String> delivered = new TreeSet<>(responds.letters().keySet());
      delivered.addAll(posts.letters().keySet());
      assertThat(delivered).isEqualTo(new TreeSet<>(clients.posted().keySet()));
      assertThat(responds.letters().keySet()).doesNotContainAnyElementsOf(posts.letters().keySet());
      assertEachCameInOneEnvelope(responds);
      assertEachCameInOneEnvelope(posts);
      assertThat(responds.troubles()).isEmpty();
      assertThat(posts.troubles()).isEmpty();
      assertNothingIsStuck(gateway);
    }
  }

  /** Starts it, lets letters in, and kills it while they are under way. */
  private void oneLife(Installation gateway, RepeatingClients clients, int kill)
      throws IOException, InterruptedException {
    boolean named = kill % 2 == 0;
    String point = POINTS.get(kill / 2 % POINTS.size());
    int after = random.nextInt(LETTERS * 2 / 5);
    if (named) {
      // What earlier lives left may bring it to the point before it says that it is up.
      gateway.launch(
          LEASE, STUCK, "-Dattestbro.crash.at=" + point, "-Dattestbro.crash.after=" + after);
    } else {
      gateway.start(LEASE, STUCK);
    }
    for (int i = 0; i < LETTERS; i++) {
      clients.post(
          LetterId.random(),
          SENDERS.get(i % 2),
          i % 4 < 2 ? Organisations.SYD : Organisations.MIDT);
    }
    if (named) {
      assertThat(gateway.diesWithin(Duration.ofMinutes(8)))
          .as("it must come to %s", point)
          .isTrue();
    } else {
      int milliseconds = random.nextInt(2500);
      assertThat(new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS)).isFalse();
      gateway.kill();
    }
    boolean database = kill % 3 == 2;
    if (database) {
      gateway.killDatabase();
    }
    boolean journal = kill % 4 == 1;
    if (journal) {
      delete(gateway.data().resolve("artemis"));
    }
    System.out.printf(
        "CrashIT: kill %d %s%s%s%n",
        kill + 1,
        named ? point + " after " + after : "at random",
        database ? ", database killed" : "",
        journal ? ", broker's journal deleted" : "");
  }

  private static Optional<Boolean> untilAcknowledged(
      Installation gateway, RepeatingClients clients, Set<String> open) {
    try {
      return Optional.of(
          Await.until(
              "an acknowledgement of every letter",
              Duration.ofSeconds(60),
              () -> {
                open.removeIf(
                    id ->
                        gateway
                            .message(clients.posted().get(id).sender(), new LetterId(id))
                            .get("status")
                            .asText()
                            .equals("ACKNOWLEDGED"));
                return open.isEmpty() ? Optional.of(true) : Optional.empty();
              }));
    } catch (StepFailed late) {
      return Optional.empty();
    }
  }

  private static void assertEachCameInOneEnvelope(RememberingPartner partner) {
    assertThat(partner.letters().values())
        .allSatisfy(letter -> assertThat(Set.copyOf(letter.envelopes())).hasSize(1));
  }

  private static void assertNothingIsStuck(Installation gateway) {
    Await.until(
        "figures that count every letter",
        Duration.ofSeconds(60),
        () ->
            gateway.metric("attestbro_letters", "status=\"ACKNOWLEDGED\"") == KILLS * LETTERS
                ? Optional.of(true)
                : Optional.empty());
    assertThat(gateway.metric("attestbro_letters_stuck", "")).isZero();
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      WorkFolder.delete(tree);
    }
  }
}
