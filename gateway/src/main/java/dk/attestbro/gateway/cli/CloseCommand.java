package dk.attestbro.gateway.cli;

import picocli.CommandLine.Command;

/** A dead letter is given up. */
@Command(
    name = "close",
    description =
        "Gives up a dead letter that was never delivered; its sender is told. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class CloseCommand extends DeadLetterAct {
  @Override
  String act() {
    return "close";
  }

  @Override
  String outcome() {
    return "is closed";
  }
}
