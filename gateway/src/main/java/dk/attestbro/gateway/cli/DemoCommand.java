package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.demo.Demo;
import dk.attestbro.gateway.demo.MailDemo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole journey with simulated partners. */
@Command(
    name = "demo",
    description = {
      "Plays the whole journey with simulated partners, then stays up for a look around.",
      "Test persons and throwaway keys only; exit 0 if every step was verified from outside."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", description = "Ends after the play.")
  private boolean once;

  @Option(
      names = "--mail",
      description = "Plays the journey by S/MIME mail, with real mail servers on the loopback.")
  private boolean mail;

  @Option(
      names = "--mail-servers",
      paramLabel = "FILE",
      description =
          "With --mail: servers that run already, as scripts/mail-servers.sh starts them.")
  private Optional<Path> mailServers = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The gateway's port; 0 takes a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of its own, emptied at each start. Default: data/demo")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Logs.onlyErrors();
    Ports.check(port);
    Path folder = data.orElseGet(() -> Folders.data(Optional.empty()).resolve("demo"));
    return mail
        ? new MailDemo(System.out, mailServers, Clock.systemUTC()).run(folder, port, once)
        : new Demo(System.out, Clock.systemUTC()).run(folder, port, once);
  }
}
