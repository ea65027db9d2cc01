package dk.attestbro.gateway.api;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where an exception came from, without its message: that may repeat what was sent to us. */
public final class Trace {
  private static final int FRAMES = 12;

  private Trace() {}

  /** The types of the exception and its causes, and the first frames of each. */
  public static String of(Throwable thrown) {
    StringBuilder trace = new StringBuilder();
    Throwable at = thrown;
    while (at != null) {
      trace
          .append(at.getClass().getName())
          .append(" at ")
          .append(
              Arrays.stream(at.getStackTrace())
                  .limit(FRAMES)
                  .map(StackTraceElement::toString)
                  .collect(Collectors.joining(" < ")));
      at = at.getCause();
      if (at != null) {
        trace.append("; caused by ");
      }
    }
    return trace.toString();
  }
}
