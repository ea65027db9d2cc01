package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.demo.StatisticsBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The figures of lateness at size. */
@Command(
    name = "statistics",
    description = {
      "Measures how long the figures of a year take, by each way of telling them apart.",
      "Makes up facts in a database of its own, which is deleted at the end."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BenchStatisticsCommand implements Callable<Integer> {
  @Option(
      names = "--cases",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Cases, all of one year. Default: ${DEFAULT-VALUE}")
  private int cases;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Longer than this for any of them is exit 1. Default: ${DEFAULT-VALUE}")
  private double limit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of its own, emptied at each start. Default: data/bench-statistics")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Logs.onlyErrors();
    if (cases < 1 || cases > 10_000_000) {
      throw CommandFailed.wrongUsage("--cases must be from 1 to 10000000");
    }
    if (!(limit > 0 && limit <= 3600)) {
      throw CommandFailed.wrongUsage("--limit must be more than 0, and at most 3600");
    }
    return new StatisticsBench(System.out, System.err)
        .run(
            data.orElseGet(() -> Folders.data(Optional.empty()).resolve("bench-statistics")),
            cases,
            Duration.ofMillis(Math.round(limit * 1000)));
  }
}
