package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The letters that no one could take. */
@Command(
    name = "dead-letters",
    description = "Lists the letters that no one could take. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OperationsApi api = new OperationsApi();

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Goes on where an earlier list ended.")
  private Optional<String> after = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most this many. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() {
    JsonNode page =
        api.get(
            "dead-letters?limit="
                + limit
                + after.map(cursor -> "&after=" + OperationsApi.escaped(cursor)).orElse(""));
    PrintWriter out = spec.commandLine().getOut();
    if (api.asJson()) {
      out.println(page.toPrettyString());
    } else {
      out.print(
          new Table()
              .column("LETTER", "letterId")
              .column("EVENT", "event")
              .column("SENDER", "sender")
              .column("RECEIVER", "receiver")
              .column("RECEIVED", "receivedAt")
              .column("REASONS", "reasons")
              .of(page.isArray() ? page : page.path("items")));
      if (page.hasNonNull("next")) {
        out.println("more: --after " + page.path("next").asText());
      }
    }
    out.flush();
    return 0;
  }
}
