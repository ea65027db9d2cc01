package dk.attestbro.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When to try again after a TransientFailure: {@code N:D,...} means N further attempts, each D
 * after the one before. The first attempt is immediate and uncounted, so {@code 3:1m} makes at most
 * 4. Units are s, m, h and d.
 */
public record RetryPolicy(List<Step> steps) {
  private static final Pattern STEP = Pattern.compile("(\\d{1,4}):(\\d{1,5})([smhd])");

  /** So many further attempts, each so long after the one before. */
  public record Step(int attempts, Duration delay) {}

  public RetryPolicy {
    steps = List.copyOf(steps);
  }

  /**
   * Reads the notation above.
   *
   * @throws IllegalArgumentException naming the part that cannot be read
   */
  public static RetryPolicy parse(String text) {
    List<Step> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher step = STEP.matcher(part.strip());
      if (!step.matches()) {
        throw new IllegalArgumentException("not a retry step like 3:1m: '" + part.strip() + "'");
      }
      long amount = Long.parseLong(step.group(2));
      Duration delay =
          switch (step.group(3)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      steps.add(new Step(Integer.parseInt(step.group(1)), delay));
    }
    return new RetryPolicy(steps);
  }

  /**
   * How long to wait after this many failed attempts (1 after the first); empty where the attempts
   * are exhausted.
   */
  public Optional<Duration> delayAfter(int failedAttempts) {
    int left = failedAttempts;
    for (Step step : steps) {
      if (left <= step.attempts()) {
        return Optional.of(step.delay());
      }
      left -= step.attempts();
    }
    return Optional.empty();
  }
}
