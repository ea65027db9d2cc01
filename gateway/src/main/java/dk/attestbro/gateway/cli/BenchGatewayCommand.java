package dk.attestbro.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The gateway that {@code bench} measures: the same as {@code run}, but bound to its parent's life,
 * and able to leave out validation, which {@code run} never does.
 */
@Command(name = "bench-gateway", hidden = true, description = "Started by bench.")
final class BenchGatewayCommand implements Callable<Integer> {
  @Option(names = "--config", required = true)
  private Path config = Path.of("");

  @Option(names = "--data", required = true)
  private Path data = Path.of("");

  @Option(names = "--port", required = true)
  private int port;

  @Option(names = "--until-input-ends", required = true)
  private boolean untilInputEnds;

  @Option(names = "--validation", required = true)
  private BenchCommand.Switch validation = BenchCommand.Switch.on;

  @Override
  public Integer call() throws InterruptedException {
    return GatewayStart.untilStopped(config, data, port, untilInputEnds, validation.name());
  }
}
