package dk.attestbro.gateway.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds back what waits for a party. */
@Command(
    name = "pause",
    description =
        "Holds back what waits for a party; nobody else waits for it. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
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
    api.post("queues/" + OperationsApi.escaped(party) + "/pause", Map.of("reason", reason));
    spec.commandLine().getOut().println(party + " is paused");
    return 0;
  }
}
