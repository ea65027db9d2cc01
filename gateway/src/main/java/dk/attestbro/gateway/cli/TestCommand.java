package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes the way to a party without a letter. */
@Command(
    name = "test",
    description = {
      "Goes the way to a party as a letter would, without handing one over, and tells each part.",
      "Exit 1 where a part fails. Token: ATTESTBRO_TOKEN."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PARTY", description = "The party's id in directory.yaml.")
  private String party = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why. The access log keeps its SHA-256, not its text.")
  private String reason = "";

  @Mixin private OperationsApi api = new OperationsApi();

  @Override
  public Integer call() {
    JsonNode found =
        api.post("queues/" + OperationsApi.escaped(party) + "/test", Map.of("reason", reason));
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        api.asJson()
            ? found.toPrettyString() + "\n"
            : new Table()
                .column("PART", "part")
                .column("MS", "milliseconds")
                .column("RESULT", "result")
                .of(found.path("hops")));
    out.flush();
    return found.path("reached").asBoolean() ? 0 : 1;
  }
}
