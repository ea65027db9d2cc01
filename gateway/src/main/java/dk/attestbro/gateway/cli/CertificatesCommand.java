package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.crypto.KeysUnusable;
import dk.attestbro.directory.DirectoryInvalid;
import dk.attestbro.gateway.wiring.StartRefused;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which certificates end when, and what fails by a date. */
@Command(
    name = "certificates",
    description = {
      "Shows which certificates end when, and what stops then. Reads files alone.",
      "With --by: what will have failed at the end of that day; exit 1 where anything does."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CertificatesCommand implements Callable<Integer> {
  private static final ZoneId DENMARK = ZoneId.of("Europe/Copenhagen");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAILS = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--by", paramLabel = "DATE", description = "A day, as 2027-03-01.")
  private Optional<LocalDate> by = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of application.yaml and directory.yaml. Default: config")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that holds the gateway's keys. Default: data")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  private final Clock clock;

  CertificatesCommand() {
    this(Clock.systemUTC());
  }

  CertificatesCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Logs.onlyErrors();
    Optional<Instant> end = by.map(date -> date.plusDays(1).atStartOfDay(DENMARK).toInstant());
    List<CertificateList.Line> lines;
    try {
      lines = CertificateList.read(Folders.config(config), Folders.data(data));
    } catch (DirectoryInvalid | KeysUnusable | StartRefused | IllegalArgumentException invalid) {
      throw CommandFailed.failed(String.valueOf(invalid.getMessage()));
    }
    List<CertificateList.Line> shown =
        lines.stream().filter(line -> end.isEmpty() || line.failsBy(end.get())).toList();
    print(shown);
    if (!Files.isDirectory(keys())) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "attestbro: there is no "
              + keys()
              + ": the gateway's own keys there were not looked at (--data says where they are)");
      err.flush();
    }
    return end.isPresent() && !shown.isEmpty() ? FAILS : 0;
  }

  private void print(List<CertificateList.Line> shown) {
    PrintWriter out = spec.commandLine().getOut();
    ArrayNode rows = JSON.createArrayNode();
    shown.forEach(line -> rows.add(row(line)));
    if (json) {
      out.println(rows.toPrettyString());
    } else if (shown.isEmpty()) {
      out.println(
          by.map(date -> "Nothing fails by " + date).orElse("No certificates")
              + ", of all that "
              + Folders.config(config)
              + " and "
              + keys()
              + " name.");
    } else {
      out.print(
          new Table()
              .column("ENDS", "ends")
              .column("DAYS", "days")
              .column("WHOSE", "owner")
              .column("USE", "use")
              .column("WHAT STOPS", "stops")
              .of(rows));
    }
    out.flush();
  }

  private Path keys() {
    return Folders.data(data).resolve("keys");
  }

  private ObjectNode row(CertificateList.Line line) {
    ObjectNode row = JSON.createObjectNode();
    row.put("ends", line.ends().toString());
    row.put("days", Duration.between(clock.instant(), line.ends()).toDays());
    row.put("owner", line.owner());
    row.put("use", line.use());
    row.put("fingerprint", line.fingerprint());
    row.put("stops", line.stops());
    return row;
  }
}
