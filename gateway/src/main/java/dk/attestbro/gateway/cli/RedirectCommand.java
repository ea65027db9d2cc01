package dk.attestbro.gateway.cli;

import picocli.CommandLine.Command;

/** A dead letter is sent by another way. */
@Command(
    name = "redirect",
    description =
        "Sends a dead letter to its receiver's successor, else by its fallback."
            + " Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class RedirectCommand extends DeadLetterAct {
  @Override
  String act() {
    return "redirect";
  }

  @Override
  String outcome() {
    return "is sent by another way";
  }
}
