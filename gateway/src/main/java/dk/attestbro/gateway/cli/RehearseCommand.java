package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.wiring.GatewayServer;
import dk.attestbro.jdbc.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Completes an installation: unpacks PostgreSQL's programs into it, then starts a gateway on any
 * free port, which becomes UP and stops. The build runs it once, so that the Java machine writes
 * down the classes that a start needs (decision 0009).
 */
@Command(name = "rehearse", hidden = true, description = "Run by the build.")
final class RehearseCommand implements Callable<Integer> {
  @Option(names = "--config", required = true)
  private Path config = Path.of("");

  @Option(names = "--data", required = true)
  private Path data = Path.of("");

  @Option(names = "--programs", required = true)
  private Path programs = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    PostgresServer.unpackPrograms(programs);
    try (GatewayServer gateway = GatewayServer.start(config, data, 0, Map.of())) {
      gateway.awaitUp();
      return 0;
    }
  }
}
