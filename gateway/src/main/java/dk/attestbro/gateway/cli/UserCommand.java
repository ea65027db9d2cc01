package dk.attestbro.gateway.cli;

import dk.attestbro.directory.DirectoryInvalid;
import dk.attestbro.directory.UserFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A new password of a person: the password on standard output and nothing else. */
@Command(
    name = "user",
    description = {
      "Prints a new password for a person who signs in on the pages, and only that.",
      "Its hash goes into users.yaml; a running gateway takes it without a restart."
    },
    mixinStandardHelpOptions = true)
final class UserCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The person's id, 1 to 64 of A-Z a-z 0-9 . _ @ -")
  private String id = "";

  @Option(
      names = "--role",
      paramLabel = "R",
      required = true,
      description = "operator, lead, auditor, caseworker or clinician; may be given again.")
  private List<String> roles = List.of();

  @Option(
      names = "--party",
      paramLabel = "P",
      description = "The party in directory.yaml that a caseworker or clinician acts for.")
  private Optional<String> party = Optional.empty();

  @Option(names = "--name", paramLabel = "NAME", description = "As the pages show it. Default: ID")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of directory.yaml and users.yaml. Default: config")
  private Optional<Path> config = Optional.empty();

  @Override
  public Integer call() {
    Logs.onlyErrors();
    Path folder = Folders.config(config);
    String password = Passwords.random();
    try {
      Staff staff = staff();
      Directory directory = YamlDirectory.read(folder.resolve("directory.yaml"));
      UserFile.put(
          folder.resolve("users.yaml"),
          new StaffDirectory.Entry(staff, Passwords.encoder().encode(password)),
          directory);
    } catch (DirectoryInvalid invalid) {
      throw CommandFailed.failed(invalid.getMessage());
    } catch (IllegalArgumentException wrong) {
      throw CommandFailed.wrongUsage(wrong.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(password);
    out.flush();
    return 0;
  }

  private Staff staff() {
    TreeSet<StaffRole> known = new TreeSet<>();
    for (String role : roles) {
      known.add(
          StaffRole.of(role)
              .orElseThrow(() -> new IllegalArgumentException("no role '" + role + "'")));
    }
    return new Staff(id, name.orElse(id), known, party.map(PartyId::new));
  }
}
