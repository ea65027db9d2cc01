package dk.attestbro.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The gateway itself, until it is told to stop. */
@Command(
    name = "run",
    description = "Runs the gateway until it is stopped (SIGTERM finishes what is in hand).",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of application.yaml, directory.yaml and tokens.yaml. Default: config")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of keys, database and queues. Default: data")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on, 0 for any free one. Default: as configured, else 8080")
  private Optional<Integer> port = Optional.empty();

  @Option(names = "--until-input-ends", hidden = true)
  private boolean untilInputEnds;

  @Override
  public Integer call() throws InterruptedException {
    // SECURITY: without this, one option on the command line would let unchecked messages through.
    if (System.getProperty(GatewayStart.VALIDATION) != null) {
      throw CommandFailed.wrongUsage(
          "run never goes without validation: take away -D" + GatewayStart.VALIDATION);
    }
    port.ifPresent(Ports::check);
    return GatewayStart.untilStopped(
        Folders.config(config), Folders.data(data), port.orElse(-1), untilInputEnds, "on");
  }
}
