package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds back what waits for a party, and says when nothing is being delivered to it any more. */
@Command(
    name = "drain",
    description = {
      "Holds back what waits for a party and ends once nothing is being delivered to it any more.",
      "Exit 1 where that takes longer than --within. Token: ATTESTBRO_TOKEN."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(500);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PARTY", description = "The party's id in directory.yaml.")
  private String party = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why. The evidence keeps its SHA-256, not its text.")
  private String reason = "";

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Default: ${DEFAULT-VALUE}")
  private int within;

  @Mixin private OperationsApi api = new OperationsApi();

  @Override
  public Integer call() throws InterruptedException {
    api.post("queues/" + OperationsApi.escaped(party) + "/pause", Map.of("reason", reason));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(within);
    JsonNode queue = queue();
    while (queue.path("inFlight").asLong() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      queue = queue();
    }
    long inFlight = queue.path("inFlight").asLong();
    spec.commandLine()
        .getOut()
        .println(
            inFlight == 0
                ? party + " is drained: nothing is being delivered, " + waiting(queue)
                : party + " is paused, and " + inFlight + " deliveries still run");
    return inFlight == 0 ? 0 : 1;
  }

  private static String waiting(JsonNode queue) {
    return queue.path("depth").asLong() + " letters are held back";
  }

  private JsonNode queue() {
    for (JsonNode one : api.get("queues")) {
      if (one.path("party").asText().equals(party)) {
        return one;
      }
    }
    throw CommandFailed.failed("no queue of " + party);
  }
}
