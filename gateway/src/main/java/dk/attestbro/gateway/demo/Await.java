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
    return until(what, limit, PAUSE, question);
  }

  /** As {@link #until(String, Duration, Supplier)}, with this pause between two questions. */
  static <T> T until(String what, Duration limit, Duration pause, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > end) {
        throw new StepFailed("within " + limit.toSeconds() + " s there was not: " + what);
      }
      sleep(pause);
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted", interrupted);
    }
  }
}
