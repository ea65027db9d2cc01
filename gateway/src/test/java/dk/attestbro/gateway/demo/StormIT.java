package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.gateway.demo.RememberingPartner.Way;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of one letter, and bad messages among good ones, through the front door. */
class StormIT {
  private static final int COPIES = 1000;
  private static final int GOOD = Integer.getInteger("poison.good", 300);
  private static final int CLIENTS = 32;

  @Test
  void oneLetterIsDeliveredOnceAndThePoisonHurtsOnlyItself(@TempDir Path folder)
      throws IOException, ExecutionException, InterruptedException {
    try (RememberingPartner partner = new RememberingPartner(Organisations.SYD, Way.SAYS_NOTHING);
        Installation gateway =
            new Installation(
                folder, Map.of(Organisations.SYD, Installation.plainEndpoint(partner.port())))) {
      gateway.start();
      aThousandCopiesAreOneLetter(gateway, partner);
      partner.now(Way.ACKNOWLEDGES_IN_THE_RESPONSE);
      oneInTenIsBadAndEveryGoodOneArrives(gateway, partner);
    }
  }

  private static void aThousandCopiesAreOneLetter(Installation gateway, RememberingPartner partner)
      throws ExecutionException, InterruptedException {
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
    assertThat(partner.letters().keySet()).containsExactly(id.value());
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
}
