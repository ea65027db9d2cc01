package dk.attestbro.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cases of all parties by any filter. */
@Command(
    name = "cases",
    description = "Lists cases of all parties, newest first. Token: ATTESTBRO_TOKEN.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CasesCommand extends ListCommand {
  @Option(names = "--party", paramLabel = "PARTY", description = "Who asks or owes the reply.")
  Optional<String> party = Optional.empty();

  @Option(names = "--turn", paramLabel = "WHOSE", description = "requester, responder, gateway.")
  Optional<String> turn = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "One or more with commas between, or open, or overdue.")
  Optional<String> state = Optional.empty();

  @Option(names = "--form", paramLabel = "ID", description = "As PSYK125.")
  Optional<String> form = Optional.empty();

  @Override
  String path() {
    return "cases";
  }

  @Override
  Table table() {
    return new Table()
        .column("OPENED", "openedAt")
        .column("CASE", "caseId")
        .column("FORM", "form")
        .column("REQUESTER", "requester")
        .column("RESPONDER", "responder")
        .column("STATE", "state")
        .column("TURN", "turn")
        .column("DUE", "deadline.due")
        .column("DEADLINE", "deadline.state");
  }
}
