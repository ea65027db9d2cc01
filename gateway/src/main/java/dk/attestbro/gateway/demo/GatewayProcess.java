package dk.attestbro.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The gateway as a process of its own, as it would run in earnest. It ends with its parent: its
 * standard input is a pipe from this process, and its end is the order to stop.
 */
final class GatewayProcess implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(35);

  private final Process process;
  private final Path log;

  private GatewayProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it with the Java and the JVM options of this process.
   *
   * @param command {@code run}, or a hidden command that takes the same options
   * @param work the folder that holds {@code config}; data and log go there as well
   */
  static GatewayProcess start(String command, Path work, int port, List<String> more)
      throws IOException {
    Path log = work.resolve("gateway.log");
    Path temporary = Files.createDirectories(work.resolve("data").resolve("tmp"));
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (isForTheGatewayToo(option)) {
        line.add(option);
      }
    }
    line.add("-Djava.io.tmpdir=" + temporary);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of("dk.attestbro.gateway.cli.Attestbro", command));
    line.addAll(List.of("--config", work.resolve("config").toString()));
    line.addAll(List.of("--data", work.resolve("data").toString()));
    line.addAll(List.of("--port", Integer.toString(port), "--until-input-ends"));
    line.addAll(more);
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new GatewayProcess(process, log);
  }

  /** Waits until it says that it is UP; the address is its own. */
  void awaitUp(GatewayApi api, Duration limit) {
    Await.until(
        "a gateway that is UP (see " + log + ")",
        limit,
        () -> {
          if (!process.isAlive()) {
            throw new StepFailed("the gateway ended at its start:\n" + endOfLog());
          }
          return api.isUp() ? Optional.of(true) : Optional.empty();
        });
  }

  /** The process id. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path log() {
    return log;
  }

  /** CPU time that it has used so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks it to finish what is in hand, and waits. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // It ended by itself, and its end of the pipe with it.
    }
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** A port of the loopback that is free now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException("no free port", none);
    }
  }

  /**
   * This port; any free one for 0.
   *
   * @throws StepFailed where something listens on it
   */
  static int port(int wanted) {
    if (wanted == 0) {
      return freePort();
    }
    if (!isFree(wanted)) {
      throw new StepFailed(
          "port " + wanted + " is taken; use --port N, or --port 0 for a free one");
    }
    return wanted;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static boolean isForTheGatewayToo(String option) {
    return option.startsWith("-X")
        || option.startsWith("-Dattestbro.")
        || option.startsWith("--enable-native-access")
        || option.startsWith("--sun-misc-unsafe-memory-access")
        || option.startsWith("-Dfile.encoding");
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    } catch (IOException unreadable) {
      return "(" + log + " cannot be read)";
    }
  }
}
