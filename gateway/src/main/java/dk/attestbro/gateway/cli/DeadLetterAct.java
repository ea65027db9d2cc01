package dk.attestbro.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Something that operations do with one dead letter. */
abstract class DeadLetterAct extends OperatorAct {
  @Parameters(paramLabel = "LETTER", description = "The letter id, as dead-letters shows it.")
  private String letter = "";

  @Option(
      names = "--sender",
      paramLabel = "PARTY",
      description = "Which one, where two senders used the same id.")
  private Optional<String> sender = Optional.empty();

  /** The last part of the call's path. */
  abstract String act();

  /** What became of the letter. */
  abstract String outcome();

  @Override
  final String path() {
    return "dead-letters/"
        + OperationsApi.escaped(letter)
        + "/"
        + act()
        + sender.map(party -> "?sender=" + OperationsApi.escaped(party)).orElse("");
  }

  @Override
  final String done() {
    return letter + " " + outcome();
  }
}
