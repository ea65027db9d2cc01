package dk.attestbro.gateway.cli;

import dk.attestbro.directory.DirectoryInvalid;
import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.model.PartyId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A new bearer token: the token on standard output and nothing else, its digest in the file. */
@Command(
    name = "token",
    description = {
      "Prints a new bearer token for a party or for operations, and only that.",
      "Its SHA-256 is appended to tokens.yaml; a running gateway takes it without a restart."
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Whom whom = new Whom();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of directory.yaml and tokens.yaml. Default: config")
  private Optional<Path> config = Optional.empty();

  /** Either a party or operations. */
  static final class Whom {
    @Parameters(paramLabel = "PARTY", description = "The party's id in directory.yaml.")
    private Optional<String> party = Optional.empty();

    @Option(names = "--operator", required = true, description = "For the operations calls.")
    private boolean operator;
  }

  @Override
  public Integer call() {
    Logs.onlyErrors();
    Path folder = Folders.config(config);
    Path tokens = folder.resolve("tokens.yaml");
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.println(
          whom.operator
              ? TokenFile.appendOperator(tokens)
              : TokenFile.append(
                  tokens, party(), YamlDirectory.read(folder.resolve("directory.yaml"))));
    } catch (DirectoryInvalid invalid) {
      throw CommandFailed.failed(invalid.getMessage());
    } catch (IllegalArgumentException unknown) {
      throw CommandFailed.wrongUsage(unknown.getMessage());
    }
    out.flush();
    return 0;
  }

  private PartyId party() {
    return new PartyId(whom.party.orElseThrow());
  }
}
