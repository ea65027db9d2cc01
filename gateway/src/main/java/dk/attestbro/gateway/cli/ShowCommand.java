package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The way of one letter, explained. */
@Command(
    name = "show",
    description = "Explains the way of a letter. Token: ATTESTBRO_TOKEN.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "LETTER", description = "The letter id, as letters shows it.")
  private String letter = "";

  @Option(
      names = "--sender",
      paramLabel = "PARTY",
      description = "Which one, where two senders used the same id.")
  private Optional<String> sender = Optional.empty();

  @Mixin private OperationsApi api = new OperationsApi();

  @Override
  public Integer call() {
    JsonNode way =
        api.get(
            "letters/"
                + OperationsApi.escaped(letter)
                + sender.map(party -> "?sender=" + OperationsApi.escaped(party)).orElse(""));
    PrintWriter out = spec.commandLine().getOut();
    if (api.asJson()) {
      out.println(way.toPrettyString());
    } else {
      print(way, out);
    }
    out.flush();
    return 0;
  }

  private static void print(JsonNode way, PrintWriter out) {
    for (String field :
        new String[] {"letterId", "event", "sender", "receiver", "caseId", "status"}) {
      out.printf("%-9s %s%n", field, way.path(field).asText("-"));
    }
    for (JsonNode fault : way.path("faults")) {
      out.printf("%-9s %s: %s", "fault", fault.path("code").asText(), english(fault, "text"));
      out.printf(" Acts: %s.%n", english(fault, "whoActsText"));
    }
    JsonNode next = way.path("next");
    out.printf("%-9s %s %s%n%n", "next", english(next, "text"), next.path("at").asText(""));
    out.println(
        new Table()
            .column("ATTEMPT", "at")
            .column("BUNDLE", "bundleId")
            .column("OUTCOME", "outcome")
            .column("REASON", "reason")
            .column("AGAIN", "nextAttemptAt")
            .of(way.path("transmissions")));
    out.print(
        new Table()
            .column("WHEN", "at")
            .column("WHAT", "code")
            .column("EVENT", "event")
            .column("LETTER", "letterId")
            .of(way.path("timeline")));
  }

  private static String english(JsonNode node, String field) {
    return node.path(field).path("en").asText();
  }
}
