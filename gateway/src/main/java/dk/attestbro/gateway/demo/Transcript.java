package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** What a person sees of the demo: each step with its time as it happens, then timelines. */
final class Transcript {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final PrintStream out;
  private final Clock clock;
  private int steps;

  Transcript(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** A part of a step: does it and gives back what is worth adding to its line. */
  interface Step extends Callable<String> {}

  /**
   * Does one step and prints it once it is verified.
   *
   * @throws StepFailed where it fails; the line says so
   */
  void step(String who, String what, Step step) {
    try {
      String detail = step.call();
      steps++;
      line(who, what + (detail.isEmpty() ? "" : ": " + detail));
    } catch (Exception failed) {
      line(who, what);
      out.printf("%n  FAILED at step %d, '%s: %s':%n  %s%n", steps + 1, who, what, text(failed));
      throw failed instanceof StepFailed known ? known : new StepFailed(text(failed), failed);
    }
  }

  /** What is played: steps, one after another. */
  interface Play {
    void play() throws IOException;
  }

  /** Plays it, and gives 0 where every step was verified, else 1. */
  int verdict(Play play) throws IOException {
    try {
      play.play();
      return 0;
    } catch (StepFailed failed) {
      out.println("\nThe demo FAILED: " + failed.getMessage().lines().findFirst().orElse(""));
      return 1;
    }
  }

  /** How many steps were verified. */
  int steps() {
    return steps;
  }

  void heading(String text) {
    out.printf("%n%s%n%s%n", text, "-".repeat(text.length()));
  }

  void text(String text) {
    out.println(text);
  }

  /** The events of a case as the API tells them. */
  void timeline(JsonNode kase) {
    for (JsonNode event : byTime(kase.path("events"))) {
      out.printf(
          "  %s  %-28s %s%n",
          TIME.format(Instant.parse(event.path("at").asText())),
          event.path("code").asText(),
          event.path("text").path("en").asText());
    }
    out.println("  letters:");
    for (JsonNode letter : kase.path("letters")) {
      out.printf(
          "  %s  %-28s %-9s %-13s %s%n",
          TIME.format(Instant.parse(letter.path("at").asText())),
          letter.path("event").asText(),
          letter.path("direction").asText(),
          letter.path("status").asText(),
          letter.path("letterId").asText());
    }
  }

  private static List<JsonNode> byTime(JsonNode events) {
    List<JsonNode> sorted = new ArrayList<>();
    events.forEach(sorted::add);
    sorted.sort(Comparator.comparing(event -> Instant.parse(event.path("at").asText())));
    return sorted;
  }

  private void line(String who, String what) {
    out.printf("%s  %-18s %s%n", TIME.format(clock.instant()), who, what);
    out.flush();
  }

  private static String text(Exception failed) {
    return failed.getMessage() == null ? failed.toString() : failed.getMessage();
  }
}
