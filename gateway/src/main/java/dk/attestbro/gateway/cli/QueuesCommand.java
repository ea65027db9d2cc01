package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What waits for each party. */
@Command(
    name = "queues",
    description = "Shows what waits for each party. Token: ATTESTBRO_TOKEN.",
    mixinStandardHelpOptions = true)
final class QueuesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OperationsApi api = new OperationsApi();

  @Override
  public Integer call() {
    JsonNode queues = api.get("queues");
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        api.asJson()
            ? queues.toPrettyString() + "\n"
            : new Table()
                .column("PARTY", "party")
                .column("DEPTH", "depth")
                .column("OLDEST (s)", "oldestSeconds")
                .column("IN FLIGHT", "inFlight")
                .column("RETRYING", "waitingForRetry")
                .column("AWAITING ACK", "awaitingAcknowledgement")
                .column("DELIVERED 5M", "deliveredLately")
                .column("FAILED 5M", "failedLately")
                .column("STATE", "state")
                .column("CIRCUIT", "circuit")
                .column("LAST ERROR", "lastError")
                .of(queues));
    out.flush();
    return 0;
  }
}
