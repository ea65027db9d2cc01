package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  @Test
  void makesAtMostFourAttemptsByThreeAMinuteApart() {
    RetryPolicy policy = RetryPolicy.parse("3:1m");

    assertThat(policy.delayAfter(1)).contains(Duration.ofMinutes(1));
    assertThat(policy.delayAfter(3)).contains(Duration.ofMinutes(1));
    assertThat(policy.delayAfter(4)).isEmpty();
  }

  @Test
  void goesFromStepToStep() {
    RetryPolicy policy = RetryPolicy.parse("3:1m, 3:5m,4:30m,20:2h");

    assertThat(policy.delayAfter(4)).contains(Duration.ofMinutes(5));
    assertThat(policy.delayAfter(7)).contains(Duration.ofMinutes(30));
    assertThat(policy.delayAfter(11)).contains(Duration.ofHours(2));
    assertThat(policy.delayAfter(30)).contains(Duration.ofHours(2));
    assertThat(policy.delayAfter(31)).isEmpty();
  }

  @Test
  void knowsSecondsAndDays() {
    assertThat(RetryPolicy.parse("1:2s,1:3d").steps())
        .containsExactly(
            new RetryPolicy.Step(1, Duration.ofSeconds(2)),
            new RetryPolicy.Step(1, Duration.ofDays(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3:1", "3:1w", "x:1m", "3:1m,", "-1:1m"})
  void namesTheStepThatItCannotRead(String text) {
    assertThatThrownBy(() -> RetryPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3:1m");
  }
}
