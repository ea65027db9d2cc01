package dk.attestbro.gateway.cli;

import dk.attestbro.jdbc.DatabaseUnusable;
import dk.attestbro.jdbc.EmbeddedBackup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Database, configuration and keys as three files, while the gateway goes on. */
@Command(
    name = "backup",
    description = {
      "Writes database.zip, config.zip and keys.zip into a new folder; the gateway may run.",
      "Files that settings name elsewhere are not copied, but listed (elsewhere.txt).",
      "Keep keys.zip apart from database.zip: together they are the clear text."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  /** What names the files that are not copied. */
  static final String ELSEWHERE = "elsewhere.txt";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder to make.")
  private Path to = Path.of("");

  @Option(names = "--config", paramLabel = "DIR", description = "Default: config")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--data", paramLabel = "DIR", description = "Default: data")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() {
    Logs.onlyErrors();
    Path source = Folders.data(data);
    List<FilesElsewhere.Named> elsewhere = FilesElsewhere.of(Folders.config(config), source);
    if (Files.exists(to)) {
      throw CommandFailed.wrongUsage(to + " is there already");
    }
    try {
      Files.createDirectories(to);
      try (OutputStream database = Files.newOutputStream(create("database.zip"))) {
        EmbeddedBackup.write(source.resolve("postgres"), database);
      }
      FolderArchive.write(Folders.config(config), create("config.zip"));
      // Last: a storage key that was made meanwhile may have sealed what the snapshot holds.
      FolderArchive.write(source.resolve("keys"), create("keys.zip"));
      FilesElsewhere.write(elsewhere, create(ELSEWHERE));
    } catch (IOException | DatabaseUnusable failed) {
      throw CommandFailed.failed("nothing that counts was written: " + failed.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(to.resolve("database.zip"));
    out.println(to.resolve("config.zip"));
    out.println(to.resolve("keys.zip") + "  (keep it apart from the others)");
    if (!elsewhere.isEmpty()) {
      out.println("not in it, and needed to run again; keep a copy of each yourself:");
      elsewhere.forEach(one -> out.println("  " + one));
    }
    out.flush();
    return 0;
  }

  private Path create(String name) throws IOException {
    return FolderArchive.ownersOnly(to.resolve(name));
  }
}
