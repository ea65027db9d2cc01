package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StuckLettersTest {
  private static final Duration WAIT = Duration.ofMinutes(30);
  private static final Duration AFTER = Duration.ofMinutes(10);

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final List<String> alarms = new ArrayList<>();
  private final StuckLetters stuck =
      new StuckLetters(
          gateway.memory,
          gateway.circuits,
          AFTER,
          (code, subject, detail) -> alarms.add(code + " " + subject),
          gateway.clock);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aLetterThatWaitsAsItMayIsNotStuck() {
    gateway.sent(messages.request(MediaType.FHIR_JSON));
    gateway.clock.pass(WAIT.plus(AFTER));

    assertThat(stuck.look()).isZero();
    assertThat(alarms).isEmpty();
  }

  @Test
  void aLetterThatNobodyMovesRaisesOneAlarmAndAnotherOnlyAfterItMoved() {
    LetterRef letter = gateway.sent(messages.request(MediaType.FHIR_JSON));
    gateway.clock.pass(WAIT.plus(AFTER).plusSeconds(1));

    assertThat(stuck.look()).isEqualTo(1);
    assertThat(stuck.look()).isEqualTo(1);
    assertThat(alarms).containsExactly("STUCK " + letter);

    gateway.followUp.due();
    assertThat(stuck.look()).isZero();

    gateway.clock.pass(AFTER.plusSeconds(1));
    assertThat(stuck.look()).isEqualTo(1);
    assertThat(alarms).hasSize(2);
  }
}
