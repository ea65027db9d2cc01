package dk.attestbro.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets go on what was held back for a party. */
@Command(
    name = "resume",
    description = "Sends on what was held back for a party. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class ResumeCommand extends OperatorAct {
  @Parameters(paramLabel = "PARTY", description = "The party's id in directory.yaml.")
  private String party = "";

  @Override
  String path() {
    return "queues/" + OperationsApi.escaped(party) + "/resume";
  }

  @Override
  String done() {
    return party + " goes on";
  }
}
