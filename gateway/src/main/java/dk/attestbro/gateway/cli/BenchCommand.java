package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.demo.Bench;
import dk.attestbro.gateway.demo.BenchOptions;
import dk.attestbro.gateway.demo.KeyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Load through the front door. */
@Command(
    name = "bench",
    description = {
      "Measures the gateway under load: letters in, delivered, acknowledgements back.",
      "Starts a gateway of its own on loopback, with two partners and throwaway keys."
    },
    subcommands = {BenchStatisticsCommand.class, BenchDeskCommand.class},
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  /** Whether the gateway validates. */
  enum Switch {
    on,
    off
  }

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Measured time. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "90",
      description = "Seconds of the same load before. Default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "4",
      description = "Callers side by side. Default: ${DEFAULT-VALUE}")
  private int clients;

  @Option(
      names = "--outstanding",
      paramLabel = "N",
      defaultValue = "4",
      description = "Exchanges that each caller may have open. Default: ${DEFAULT-VALUE}")
  private int outstanding;

  @Option(
      names = "--keys",
      paramLabel = "KIND",
      defaultValue = "p-256",
      converter = Keys.class,
      description = "rsa-3072 or p-256. Default: ${DEFAULT-VALUE}")
  private KeyKind keys = KeyKind.P_256;

  @Option(
      names = "--validation",
      paramLabel = "on|off",
      defaultValue = "on",
      description = "Default: ${DEFAULT-VALUE}")
  private Switch validation = Switch.on;

  @Option(
      names = "--size",
      paramLabel = "KB",
      defaultValue = "12",
      description = "Size of a letter. Default: ${DEFAULT-VALUE}")
  private int size;

  @Option(
      names = "--viewers",
      paramLabel = "N",
      defaultValue = "0",
      description = "Open overview pages of the desk, in every other slice. Default: none")
  private int viewers;

  @Option(
      names = "--validator-seconds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Measured time of validation alone. Default: ${DEFAULT-VALUE}")
  private int validatorSeconds;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of its own, emptied at each start. Default: data/bench")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--json", description = "Prints the figures as JSON.")
  private boolean json;

  /** Reads {@code rsa-3072} or {@code p-256}. */
  static final class Keys implements ITypeConverter<KeyKind> {
    @Override
    public KeyKind convert(String value) {
      for (KeyKind kind : KeyKind.values()) {
        if (kind.toString().equals(value)) {
          return kind;
        }
      }
      throw new TypeConversionException("'" + value + "' is neither rsa-3072 nor p-256");
    }
  }

  @Override
  public Integer call() throws IOException {
    Logs.onlyErrors();
    within("--seconds", seconds, 1, 3600);
    within("--warmup", warmUp, 0, 3600);
    within("--clients", clients, 1, 64);
    within("--outstanding", outstanding, 1, 64);
    within("--size", size, 1, 10_000);
    within("--viewers", viewers, 0, 1000);
    within("--validator-seconds", validatorSeconds, 1, 600);
    BenchOptions options =
        new BenchOptions(
            data.orElseGet(() -> Folders.data(Optional.empty()).resolve("bench")),
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(seconds),
            clients,
            outstanding,
            keys,
            validation == Switch.on,
            size,
            viewers,
            Duration.ofSeconds(validatorSeconds));
    return new Bench(System.out, System.err, Clock.systemUTC()).run(options, json);
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandFailed.wrongUsage(option + " must be from " + least + " to " + most);
    }
  }
}
