package dk.attestbro.gateway.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
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
      throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    if (untilInputEnds) {
      Thread watch = new Thread(() -> awaitEndOfInput(stopped), "parent-watch");
      watch.setDaemon(true);
      watch.start();
    }
    // SECURITY: said here, before every file and variable, so that none of them switches it off.
    try (AutoCloseable gateway = start(config, data, port, Map.of(VALIDATION, validation))) {
      stopped.await();
      return 0;
    }
  }

  private static AutoCloseable start(
      Path config, Path data, int port, Map<String, String> overriding) throws Exception {
    try {
      return (AutoCloseable)
          Class.forName("dk.attestbro.gateway.wiring.GatewayServer")
              .getMethod("start", Path.class, Path.class, int.class, Map.class)
              .invoke(null, config, data, port, overriding);
    } catch (InvocationTargetException refused) {
      throw CommandFailed.failed(String.valueOf(refused.getCause()));
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
