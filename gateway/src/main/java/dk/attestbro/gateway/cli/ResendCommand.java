package dk.attestbro.gateway.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A dead letter is sent again. */
@Command(
    name = "resend",
    description = "Sends a dead letter again. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class ResendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OperationsApi api = new OperationsApi();

  @Parameters(paramLabel = "LETTER", description = "The letter id, as dead-letters shows it.")
  private String letter = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; kept with the act.")
  private String reason = "";

  @Option(
      names = "--sender",
      paramLabel = "PARTY",
      description = "Which one, where two senders used the same id.")
  private Optional<String> sender = Optional.empty();

  @Override
  public Integer call() {
    api.post(
        "dead-letters/"
            + OperationsApi.escaped(letter)
            + "/resend"
            + sender.map(party -> "?sender=" + OperationsApi.escaped(party)).orElse(""),
        Map.of("reason", reason));
    spec.commandLine().getOut().println(letter + " is sent again");
    return 0;
  }
}
