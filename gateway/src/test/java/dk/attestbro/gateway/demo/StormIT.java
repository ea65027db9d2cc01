package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.gateway.demo.RememberingPartner.Way;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What comes at a gateway at once, through the front door: copies of one letter, bad messages among
 * good ones, letters to a partner that takes the connection and never answers. The last must hold
 * up nobody else: with {@code -Dhung.strict=true} on an idle machine the other's p95 must not move
 * by more than a tenth and the noise floor.
 */
@ExtendWith(SharedInstallation.Given.class)
class StormIT {
  private static final int COPIES = Integer.getInteger("storm.copies", 1000);
  private static final int GOOD = Integer.getInteger("poison.good", 80);
  private static final int CLIENTS = 32;
  private static final boolean STRICT = Boolean.getBoolean("hung.strict");
  private static final int LETTERS = Integer.getInteger("hung.letters", 20);
  private static final int DELIVERIES_AT_ONCE = 4;

  /** What p95 moves by between equal runs, in milliseconds. */
  private static final double NOISE = 20;

  @Test
  void copiesPoisonAndAHungPartnerHurtOnlyThemselves(SharedInstallation shared)
      throws IOException, ExecutionException, InterruptedException {
    Installation gateway = shared.running();
    shared.syd.now(Way.SAYS_NOTHING);
    shared.midt.now(Way.HANGS);
    allCopiesAreOneLetter(gateway, shared.syd);
    shared.syd.now(Way.ACKNOWLEDGES_IN_THE_RESPONSE);
    oneInTenIsBadAndEveryGoodOneArrives(gateway, shared.syd);
    theOthersLettersArriveWhileOnePartnerHangs(gateway, shared.syd, shared.midt);
    // The gateway would finish what hangs before it stops.
    shared.midt.now(Way.REFUSES);
  }

  private static void allCopiesAreOneLetter(Installation gateway, RememberingPartner partner)
      throws ExecutionException, InterruptedException {
    Set<String> before = Set.copyOf(partner.letters().keySet());
    LetterId id = LetterId.random();
    Payload letter = gateway.request(id, Organisations.ODENSE, Organisations.SYD);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    long from = System.nanoTime();
    List<Future<GatewayApi.Reply>> answers = new ArrayList<>();
    for (int i = 0; i < COPIES; i++) {
      answers.add(
          clients.submit(() -> gateway.api.process(gateway.token(Organisations.ODENSE), letter)));
    }
    List<Integer> statuses = new ArrayList<>();
    List<JsonNode> receipts = new ArrayList<>();
    for (Future<GatewayApi.Reply> answer : answers) {
      statuses.add(answer.get().status());
      receipts.add(answer.get().json());
    }
    clients.shutdownNow();
    double seconds = (System.nanoTime() - from) / 1e9;
    Await.until(
        "the one delivery",
        Duration.ofSeconds(30),
        () -> partner.letters().containsKey(id.value()) ? Optional.of(true) : Optional.empty());
    System.out.printf(
        "StormIT: %d copies in %.1f s, %d times 202, %d deliveries%n",
        COPIES,
        seconds,
        statuses.stream().filter(s -> s == 202).count(),
        partner.letters().get(id.value()).envelopes().size());
    assertThat(statuses).containsOnly(202, 200);
    assertThat(statuses.stream().filter(s -> s == 202)).hasSize(1);
    assertThat(receipts.stream().distinct()).hasSize(1);
    assertThat(receipts.get(0).get("letterId").asText()).isEqualTo(id.value());
    assertThat(partner.letters().keySet())
        .hasSize(before.size() + 1)
        .containsAll(before)
        .contains(id.value());
    assertThat(partner.letters().get(id.value()).envelopes()).hasSize(1);
  }

  private static void oneInTenIsBadAndEveryGoodOneArrives(
      Installation gateway, RememberingPartner partner) {
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    long from = System.nanoTime();
    try (RepeatingClients clients = new RepeatingClients(gateway, 4)) {
      for (int i = 0; i < GOOD; i++) {
        LetterId id = LetterId.random();
        good.add(id.value());
        clients.post(id, Organisations.AARHUS, Organisations.SYD);
        if (i % 10 == 0) {
          LetterId poisoned = LetterId.random();
          bad.add(poisoned.value());
          clients.post(
              poisoned,
              Organisations.AARHUS,
              Poison.of(
                  i / 10, gateway.request(poisoned, Organisations.AARHUS, Organisations.SYD)));
        }
      }
      clients.await(Duration.ofMinutes(5));
      Await.until(
          "every good letter at the partner",
          Duration.ofSeconds(60),
          () ->
              partner.letters().keySet().containsAll(good) ? Optional.of(true) : Optional.empty());
      System.out.printf(
          "StormIT: %d good and %d bad in %.1f s; the bad were answered %s%n",
          good.size(),
          bad.size(),
          (System.nanoTime() - from) / 1e9,
          bad.stream().map(id -> clients.posted().get(id).status()).distinct().toList());
      assertThat(good).allMatch(id -> clients.posted().get(id).status() == 202);
      assertThat(bad)
          .allSatisfy(id -> assertThat(clients.posted().get(id).status()).isBetween(400, 422));
      assertThat(partner.letters().keySet()).doesNotContainAnyElementsOf(bad);
      assertThat(partner.troubles()).isEmpty();
    }
  }

  private static void theOthersLettersArriveWhileOnePartnerHangs(
      Installation gateway, RememberingPartner other, RememberingPartner hung) {
    OptionalDouble before =
        STRICT ? OptionalDouble.of(p95(gateway, other)) : OptionalDouble.empty();
    try (RepeatingClients clients = new RepeatingClients(gateway, 2)) {
      for (int i = 0; i < 3 * DELIVERIES_AT_ONCE; i++) {
        clients.post(LetterId.random(), Organisations.AARHUS, Organisations.MIDT);
      }
      clients.await(Duration.ofSeconds(60));
    }
    Await.until(
        "deliveries that hang",
        Duration.ofSeconds(30),
        () -> hung.hanging() == DELIVERIES_AT_ONCE ? Optional.of(true) : Optional.empty());
    double with = p95(gateway, other);

    System.out.printf("StormIT: p95 from post to arrival with the hang %.0f ms%n", with);
    assertThat(hung.hanging()).isEqualTo(DELIVERIES_AT_ONCE);
    before.ifPresent(
        without -> {
          System.out.printf("StormIT: without it %.0f ms%n", without);
          assertThat(with).isLessThan(without * 1.1 + NOISE);
        });
  }

  /** In milliseconds, of letters that all arrive. */
  private static double p95(Installation gateway, RememberingPartner other) {
    List<String> ids = new ArrayList<>();
    try (RepeatingClients clients = new RepeatingClients(gateway, 2)) {
      for (int i = 0; i < LETTERS; i++) {
        LetterId id = LetterId.random();
        ids.add(id.value());
        clients.post(id, Organisations.ODENSE, Organisations.SYD);
      }
      clients.await(Duration.ofMinutes(2));
      Await.until(
          "every letter at the other partner",
          Duration.ofSeconds(50),
          () -> other.letters().keySet().containsAll(ids) ? Optional.of(true) : Optional.empty());
      double[] sorted =
          ids.stream()
              .mapToDouble(
                  id -> (other.letters().get(id).nanos() - clients.posted().get(id).nanos()) / 1e6)
              .sorted()
              .toArray();
      return sorted[(int) (sorted.length * 0.95) - 1];
    }
  }
}
