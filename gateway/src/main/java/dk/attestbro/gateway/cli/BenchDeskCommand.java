package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.demo.DeskBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What operations look at, at size. */
@Command(
    name = "desk",
    description = {
      "Measures how long each list of the desk takes among so many letters.",
      "Makes them up in a database of its own, which is deleted at the end."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BenchDeskCommand implements Callable<Integer> {
  @Option(
      names = "--letters",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Letters, all of one year. Default: ${DEFAULT-VALUE}")
  private int letters;

  @Option(
      names = "--limit",
      paramLabel = "MILLISECONDS",
      defaultValue = "300",
      description = "Longer than this for any of them is exit 1. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of its own, emptied at each start. Default: data/bench-desk")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Logs.onlyErrors();
    if (letters < 1 || letters > 10_000_000) {
      throw CommandFailed.wrongUsage("--letters must be from 1 to 10000000");
    }
    if (limit < 1) {
      throw CommandFailed.wrongUsage("--limit must be at least 1");
    }
    return new DeskBench(System.out, System.err)
        .run(
            data.orElseGet(() -> Folders.data(Optional.empty()).resolve("bench-desk")),
            letters,
            Duration.ofMillis(limit));
  }
}
