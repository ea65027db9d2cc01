package dk.attestbro.gateway.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of Attestbro. Exit codes: 0 done, 1 not, 2 wrong usage. */
@Command(
    name = "attestbro",
    description = "Secure exchange of certificates between municipalities and psychiatry.",
    mixinStandardHelpOptions = true,
    versionProvider = Attestbro.Version.class,
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      TokenCommand.class,
      UserCommand.class,
      ValidateCommand.class,
      CertificatesCommand.class,
      PkitsCommand.class,
      BenchCommand.class,
      BenchGatewayCommand.class,
      RehearseCommand.class,
      ReportCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      EvidenceCommand.class,
      QueuesCommand.class,
      LettersCommand.class,
      ShowCommand.class,
      CasesCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      DrainCommand.class,
      TestCommand.class,
      DeadLettersCommand.class,
      ResendCommand.class,
      RedirectCommand.class,
      CloseCommand.class
    })
public final class Attestbro implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, ready to execute. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Attestbro());
    line.setExecutionExceptionHandler(Attestbro::explain);
    for (CommandLine sub : line.getSubcommands().values()) {
      sub.setExecutionExceptionHandler(Attestbro::explain);
    }
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  private static int explain(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (thrown instanceof CommandFailed failed) {
      err.println("attestbro: " + failed.getMessage());
      return failed.exitCode();
    }
    err.println("attestbro: " + line.getCommandName() + " failed unexpectedly:");
    thrown.printStackTrace(err);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Attestbro.class.getPackage().getImplementationVersion();
      return new String[] {
        "attestbro " + (version == null ? "(development)" : version),
        "Java " + System.getProperty("java.version")
      };
    }
  }
}
