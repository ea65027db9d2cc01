package dk.attestbro.gateway.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets go on what was held back for a party. */
@Command(
    name = "resume",
    description = "Sends on what was held back for a party. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OperationsApi api = new OperationsApi();

  @Parameters(paramLabel = "PARTY", description = "The party's id in directory.yaml.")
  private String party = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; kept with the act.")
  private String reason = "";

  @Override
  public Integer call() {
    api.post("queues/" + OperationsApi.escaped(party) + "/resume", Map.of("reason", reason));
    spec.commandLine().getOut().println(party + " goes on");
    return 0;
  }
}
