package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be an alarm, and what people read about it. */
final class AlertCatalogueTest {
  private static final Path MANUAL = Path.of("..", "docs", "alerts.md");
  private static final Path RULES = Path.of("..", "config", "prometheus-rules.yaml");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern RAISED =
      Pattern.compile("(?:raise|new Alarm|new Condition|WatchReach)\\(\\s*TimelineCode\\.(\\w+)");

  @Test
  void theManualHasOneRowForEveryCodeThatCanBeAnAlarm() throws IOException {
    List<String> rows = firstCells("\\| `([A-Z_]+)` \\|.*");

    assertThat(rows).containsExactlyInAnyOrderElementsOf(codes());
  }

  @Test
  void everyCodeThatIsRaisedCanBeAnAlarm() throws IOException {
    Set<String> raised = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      sources
          .filter(source -> source.toString().endsWith(".java"))
          .forEach(
              source ->
                  RAISED
                      .matcher(text(source))
                      .results()
                      .map((MatchResult found) -> found.group(1))
                      .forEach(raised::add));
    }

    assertThat(raised).isEqualTo(codes());
  }

  @Test
  void theManualHasOneRowForEveryRuleOfPrometheus() throws IOException {
    Set<String> rules =
        Pattern.compile("- alert: (\\w+)")
            .matcher(text(RULES))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(firstCells("\\| `(Attestbro\\w+)` \\|.*"))
        .containsExactlyInAnyOrderElementsOf(rules);
  }

  @Test
  void prometheusUnderstandsTheRules() throws Exception {
    Process check;
    try {
      check =
          new ProcessBuilder("promtool", "check", "rules", RULES.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException notInstalled) {
      assumeTrue(false, "promtool is not installed");
      return;
    }
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
  }

  private static Set<String> codes() {
    return Alarms.CODES.stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> firstCells(String row) throws IOException {
    Pattern pattern = Pattern.compile(row);
    return Files.readAllLines(MANUAL).stream()
        .map(pattern::matcher)
        .filter(line -> line.matches())
        .map(line -> line.group(1))
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
