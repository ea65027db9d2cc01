package dk.attestbro.gateway.wiring;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where this process is to die: {@code attestbro.crash.at} names the point, {@code
 * attestbro.crash.after} how many times it is passed unharmed.
 */
final class CrashPoint {
  /** As an operating system ends a process that was killed. */
  private static final int KILLED = 137;

  private static final String AT = System.getProperty("attestbro.crash.at", "");
  private static final AtomicInteger LEFT =
      new AtomicInteger(Integer.getInteger("attestbro.crash.after", 0));

  private CrashPoint() {}

  static boolean isAt(String point) {
    return AT.equals(point);
  }

  static void pass(String point) {
    if (isAt(point) && LEFT.getAndDecrement() <= 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
