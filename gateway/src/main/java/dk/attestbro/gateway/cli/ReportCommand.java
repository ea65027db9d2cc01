package dk.attestbro.gateway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The figures of lateness as a file. */
@Command(
    name = "report",
    description = "Writes the figures of a period. Token: ATTESTBRO_TOKEN.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  /** What the figures are written as. */
  enum Format {
    csv("text/csv"),
    pdf("application/pdf");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      required = true,
      description = "The first day, as 2026-01-01.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(names = "--to", paramLabel = "DATE", required = true, description = "The last day.")
  private LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "Some of region,municipality,unit,form. Default: totals alone")
  private Optional<String> by = Optional.empty();

  @Option(
      names = "--cutoff",
      paramLabel = "TIME",
      description = "As things stood then: 2027-01-15T11:00:00Z. Default: now")
  private Optional<Instant> cutoff = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "csv|pdf",
      defaultValue = "csv",
      description = "Default: ${DEFAULT-VALUE}")
  private Format format = Format.csv;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to. Default: CSV is printed; PDF needs a file")
  private Optional<Path> out = Optional.empty();

  @Mixin private OperationsApi api = new OperationsApi();

  @Override
  public Integer call() {
    if (from.isAfter(to)) {
      throw CommandFailed.wrongUsage("--to is before --from");
    }
    if (format == Format.pdf && out.isEmpty() && !api.asJson()) {
      throw CommandFailed.wrongUsage("--format pdf needs --out");
    }
    byte[] report = api.get(path(), api.asJson() ? "application/json" : format.mediaType);
    if (out.isPresent()) {
      write(report, out.get());
    } else {
      spec.commandLine().getOut().print(new String(report, StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private String path() {
    StringBuilder path = new StringBuilder("statistics?from=" + from + "&to=" + to);
    by.ifPresent(what -> path.append("&by=").append(OperationsApi.escaped(what)));
    cutoff.ifPresent(
        time -> path.append("&cutoff=").append(OperationsApi.escaped(time.toString())));
    return path.toString();
  }

  private static void write(byte[] report, Path file) {
    try {
      Files.write(file, report);
    } catch (IOException notWritten) {
      throw CommandFailed.failed(file + " cannot be written");
    }
  }
}
