package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.demo.RememberingPartner.Way;
import dk.attestbro.model.LetterId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A partner that takes the connection and never answers holds up nobody else. With {@code
 * -Dhung.strict=true} on an idle machine the other's p95 must not move by more than a tenth and the
 * noise floor.
 */
class HungPartnerIT {
  private static final boolean STRICT = Boolean.getBoolean("hung.strict");
  private static final int LETTERS = Integer.getInteger("hung.letters", 100);
  private static final int DELIVERIES_AT_ONCE = 4;

  /** What p95 moves by between equal runs, in milliseconds. */
  private static final double NOISE = 20;

  @Test
  void theOthersLettersArriveWhileOnePartnerHangs(@TempDir Path folder) throws IOException {
    try (RememberingPartner other =
            new RememberingPartner(Organisations.SYD, Way.ACKNOWLEDGES_IN_THE_RESPONSE);
        RememberingPartner hung = new RememberingPartner(Organisations.MIDT, Way.HANGS);
        Installation gateway =
            new Installation(
                folder,
                Map.of(
                    Organisations.SYD, Installation.plainEndpoint(other.port()),
                    Organisations.MIDT, Installation.plainEndpoint(hung.port())))) {
      gateway.start();
      p95(gateway, other);
      double without = p95(gateway, other);
      try (RepeatingClients clients = new RepeatingClients(gateway, 2)) {
        for (int i = 0; i < 40; i++) {
          clients.post(LetterId.random(), Organisations.AARHUS, Organisations.MIDT);
        }
        clients.await(Duration.ofSeconds(60));
      }
      Await.until(
          "deliveries that hang",
          Duration.ofSeconds(30),
          () -> hung.hanging() == DELIVERIES_AT_ONCE ? Optional.of(true) : Optional.empty());
      double with = p95(gateway, other);

      System.out.printf(
          "HungPartnerIT: p95 from post to arrival %.0f ms without and %.0f ms with the hang%n",
          without, with);
      assertThat(hung.hanging()).isEqualTo(DELIVERIES_AT_ONCE);
      if (STRICT) {
        assertThat(with).isLessThan(without * 1.1 + NOISE);
      }
    }
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
