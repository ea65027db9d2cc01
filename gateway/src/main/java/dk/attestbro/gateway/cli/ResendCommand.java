package dk.attestbro.gateway.cli;

import picocli.CommandLine.Command;

/** A dead letter is sent again. */
@Command(
    name = "resend",
    aliases = "retry",
    description = "Sends a dead letter again. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class ResendCommand extends DeadLetterAct {
  @Override
  String act() {
    return "resend";
  }

  @Override
  String outcome() {
    return "is sent again";
  }
}
