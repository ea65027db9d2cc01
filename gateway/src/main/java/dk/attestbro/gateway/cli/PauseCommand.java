package dk.attestbro.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Holds back what waits for a party. */
@Command(
    name = "pause",
    description =
        "Holds back what waits for a party; nobody else waits for it. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class PauseCommand extends OperatorAct {
  @Parameters(paramLabel = "PARTY", description = "The party's id in directory.yaml.")
  private String party = "";

  @Override
  String path() {
    return "queues/" + OperationsApi.escaped(party) + "/pause";
  }

  @Override
  String done() {
    return party + " is paused";
  }
}
