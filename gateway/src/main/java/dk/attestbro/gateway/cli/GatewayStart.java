package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.wiring.GatewayServer;
import dk.attestbro.gateway.wiring.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The one place where a command starts the gateway, and with it Spring. */
final class GatewayStart {
  /** The setting that takes validation out; {@code on} in every command but bench's. */
  static final String VALIDATION = "attestbro.bench.validation";

  private GatewayStart() {}

  /**
   * Starts it and waits. It stops by its own shutdown hook, or, where a parent process holds the
   * other end of standard input, as soon as that ends: a gateway that a demo or a bench started
   * never outlives them.
   */
  static int untilStopped(
      Path config, Path data, int port, boolean untilInputEnds, String validation)
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    if (untilInputEnds) {
      Thread watch = new Thread(() -> awaitEndOfInput(stopped), "parent-watch");
      watch.setDaemon(true);
      watch.start();
    }
    // SECURITY: said here, before every file and variable, so that none of them switches it off.
    try (GatewayServer gateway =
        GatewayServer.start(config, data, port, Map.of(VALIDATION, validation))) {
      stopped.await();
      return 0;
    } catch (StartRefused refused) {
      throw CommandFailed.failed(String.valueOf(refused.getMessage()));
    }
  }

  private static void awaitEndOfInput(CountDownLatch stopped) {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException gone) {
      // The pipe broke: the parent is gone, as at the end of the input.
    }
    stopped.countDown();
  }
}
