package dk.attestbro.model;

import java.time.Duration;

/**
 * When a way to a receiver counts as closed, and how long then to wait between two probes.
 *
 * @param failures so many attempts in a row that did not get through; 0 means never
 * @param firstWait before the first probe; after each probe that fails the wait is twice as long
 * @param longestWait at most so long
 */
public record CircuitRules(int failures, Duration firstWait, Duration longestWait) {
  public static final CircuitRules DEFAULT =
      new CircuitRules(5, Duration.ofSeconds(10), Duration.ofMinutes(5));

  public CircuitRules {
    if (failures < 0) {
      throw new IllegalArgumentException("failures: 0 or more");
    }
    if (firstWait.isNegative() || firstWait.isZero() || longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException("first-wait above 0, and longest-wait no shorter");
    }
  }

  boolean opensAfter(int failed) {
    return failures > 0 && failed >= failures;
  }

  /** How long to wait after so many probes that failed. */
  Duration waitAfter(int failedProbes) {
    Duration wait = firstWait;
    for (int i = 0; i < failedProbes && wait.compareTo(longestWait) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
