package dk.attestbro.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The evidence of a case as a package, and its proof. */
@Command(
    name = "evidence",
    description = "Writes the evidence of a case as a package, or proves one.",
    mixinStandardHelpOptions = true,
    subcommands = {EvidenceExportCommand.class, EvidenceVerifyCommand.class})
final class EvidenceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
