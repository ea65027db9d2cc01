package dk.attestbro.gateway.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for a condition, with a limit. */
final class Await {
  private static final Duration PAUSE = Duration.ofMillis(40);

  private Await() {}

  /**
   * Asks until there is an answer.
   *
   * @throws StepFailed after the limit; the message names what did not come
   */
  static <T> T until(String what, Duration limit, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > end) {
        throw new StepFailed("within " + limit.toSeconds() + " s there was not: " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted", interrupted);
    }
  }
}
