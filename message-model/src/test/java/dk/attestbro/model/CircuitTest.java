package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final CircuitRules RULES =
      new CircuitRules(3, Duration.ofSeconds(10), Duration.ofSeconds(35));
  private static final DeliveryOutcome DOWN = new TransientFailure("CONNECT_FAILED");
  private static final DeliveryOutcome TAKEN = new Delivered(Optional.empty());

  @Test
  void opensAfterSoManyFailuresInARow() {
    Circuit two = after(after(Circuit.CLOSED, DOWN), DOWN);
    assertThat(two.state()).isEqualTo(Circuit.State.CLOSED);
    assertThat(after(after(two, TAKEN), DOWN).allows(NOW)).isTrue();

    Circuit three = after(two, DOWN);
    assertThat(three.state()).isEqualTo(Circuit.State.OPEN);
    assertThat(three.fault()).contains("CONNECT_FAILED");
    assertThat(three.allows(NOW.plusSeconds(9))).isFalse();
    assertThat(three.askAgainAt(RULES, NOW)).isEqualTo(NOW.plusSeconds(10));
    assertThat(three.allows(NOW.plusSeconds(10))).isTrue();
  }

  @Test
  void letsOneProbeGoAtATimeEachAfterALongerWait() {
    Circuit circuit = open();
    Instant at = NOW;
    for (int wait : new int[] {10, 20, 35, 35}) {
      at = at.plusSeconds(wait);
      assertThat(circuit.allows(at.minusMillis(1))).isFalse();
      circuit = circuit.begun();
      assertThat(circuit.state()).isEqualTo(Circuit.State.HALF_OPEN);
      assertThat(circuit.allows(at)).isFalse();
      assertThat(circuit.askAgainAt(RULES, at)).isAfter(at);
      circuit = circuit.ended(DOWN, true, RULES, at);
    }
    assertThat(circuit.begun().ended(TAKEN, true, RULES, at)).isEqualTo(Circuit.CLOSED);
  }

  @Test
  void learnsNothingFromAttemptsThatBeganBeforeItOpenedUnlessTheyGetThrough() {
    Circuit probing = open().begun();
    assertThat(probing.ended(DOWN, false, RULES, NOW)).isEqualTo(probing);
    assertThat(probing.ended(TAKEN, false, RULES, NOW)).isEqualTo(Circuit.CLOSED);
  }

  @Test
  void tellsAFaultOfTheWayFromOneOfTheLetterAndFromOurs() {
    Circuit two = after(after(Circuit.CLOSED, DOWN), DOWN);
    for (String way : new String[] {"TLS_FAILED", "HTTP_503", "HTTP_504", "HTTP_401", "TIMEOUT"}) {
      assertThat(after(two, new TransientFailure(way)).state()).isEqualTo(Circuit.State.OPEN);
    }
    assertThat(after(two, new TransientFailure("HTTP_500"))).isEqualTo(Circuit.CLOSED);
    assertThat(after(two, new FatalFailure("HTTP_400"))).isEqualTo(Circuit.CLOSED);
    assertThat(after(two, new TransientFailure("CHANNEL_NOT_CONFIGURED"))).isEqualTo(two);
  }

  @Test
  void letsTheNextProbeGoWhereOneToldNothing() {
    Circuit probing = open().begun();
    assertThat(probing.abandoned().allows(NOW.plusSeconds(10))).isTrue();
    assertThat(probing.ended(new TransientFailure("MAIL_NOT_WRITTEN"), true, RULES, NOW).probing())
        .isFalse();
  }

  @Test
  void neverOpensWhereThatIsTheRule() {
    CircuitRules never = new CircuitRules(0, Duration.ofSeconds(1), Duration.ofSeconds(1));
    Circuit circuit = Circuit.CLOSED;
    for (int i = 0; i < 100; i++) {
      circuit = circuit.ended(DOWN, false, never, NOW);
    }
    assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
    assertThatThrownBy(() -> new CircuitRules(5, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("longest-wait");
  }

  private static Circuit open() {
    return after(after(after(Circuit.CLOSED, DOWN), DOWN), DOWN);
  }

  private static Circuit after(Circuit before, DeliveryOutcome outcome) {
    return before.ended(outcome, false, RULES, NOW);
  }
}
