package dk.attestbro.gateway.cli;

/** What may stand behind {@code --port}. */
final class Ports {
  private Ports() {}

  static void check(int port) {
    if (port < 0 || port > 65_535) {
      throw CommandFailed.wrongUsage("--port must be from 0 (any free one) to 65535");
    }
  }
}
