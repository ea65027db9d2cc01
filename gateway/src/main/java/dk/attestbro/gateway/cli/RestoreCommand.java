package dk.attestbro.gateway.cli;

import dk.attestbro.jdbc.DatabaseUnusable;
import dk.attestbro.jdbc.EmbeddedBackup;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A backup becomes an installation that runs. */
@Command(
    name = "restore",
    description = {
      "Reads what backup wrote into folders that do not hold an installation yet.",
      "It never overwrites: a folder that holds something is refused."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  /** Restored, and what it needs besides is not there. */
  private static final int NOT_READY = 1;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder with the three files.")
  private Path from = Path.of("");

  @Option(names = "--config", paramLabel = "DIR", description = "Default: config")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--data", paramLabel = "DIR", description = "Default: data")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() {
    Logs.onlyErrors();
    Path keys = Folders.data(data).resolve("keys");
    Path database = Folders.data(data).resolve("postgres");
    for (String name : List.of("database.zip", "config.zip", "keys.zip")) {
      if (!Files.isRegularFile(from.resolve(name))) {
        throw CommandFailed.wrongUsage(from.resolve(name) + " is missing");
      }
    }
    List<FilesElsewhere.Named> missing;
    try {
      requireEmpty(keys);
      requireEmpty(Folders.config(config));
      requireEmpty(database);
      try (InputStream archive = Files.newInputStream(from.resolve("database.zip"))) {
        EmbeddedBackup.restore(archive, database);
      }
      FolderArchive.read(from.resolve("keys.zip"), keys);
      FolderArchive.read(from.resolve("config.zip"), Folders.config(config));
      missing =
          FilesElsewhere.read(from.resolve(BackupCommand.ELSEWHERE)).stream()
              .filter(FilesElsewhere.Named::isMissing)
              .toList();
    } catch (IOException | DatabaseUnusable failed) {
      throw CommandFailed.failed("not restored: " + failed.getMessage());
    }
    return told(missing);
  }

  private int told(List<FilesElsewhere.Named> missing) {
    PrintWriter out = spec.commandLine().getOut();
    if (missing.isEmpty()) {
      out.println("restored; start it with: " + run());
    } else {
      out.println("restored; before it can start, these must be in their places again:");
      missing.forEach(one -> out.println("  " + one));
      out.println("then start it with: " + run());
    }
    out.flush();
    return missing.isEmpty() ? 0 : NOT_READY;
  }

  /** With the folders of this installation: run makes a new one where it finds none. */
  private String run() {
    return "attestbro run"
        + config.map(folder -> " --config " + folder).orElse("")
        + data.map(folder -> " --data " + folder).orElse("");
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw CommandFailed.failed(folder + " is not empty; nothing was restored");
      }
    }
  }
}
