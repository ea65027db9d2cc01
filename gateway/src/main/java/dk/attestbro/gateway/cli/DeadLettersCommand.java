package dk.attestbro.gateway.cli;

import picocli.CommandLine.Command;

/** The letters that no one could take. */
@Command(
    name = "dead-letters",
    aliases = "dead",
    description = "Lists the letters that no one could take. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand extends ListCommand {
  @Override
  String path() {
    return "dead-letters";
  }

  @Override
  Table table() {
    return new Table()
        .column("LETTER", "letterId")
        .column("EVENT", "event")
        .column("SENDER", "sender")
        .column("RECEIVER", "receiver")
        .column("RECEIVED", "receivedAt")
        .column("REASONS", "reasons");
  }
}
