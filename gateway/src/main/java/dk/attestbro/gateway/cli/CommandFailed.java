package dk.attestbro.gateway.cli;

/**
 * A command cannot do what it was asked: one line for the person who typed it, and the exit code.
 */
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailed(int exitCode, String line) {
    super(line);
    this.exitCode = exitCode;
  }

  /** Something outside the command is not as it must be: exit 1. */
  static CommandFailed failed(String line) {
    return new CommandFailed(1, line);
  }

  /** The command was used in a way that it does not allow: exit 2. */
  static CommandFailed wrongUsage(String line) {
    return new CommandFailed(2, line);
  }

  int exitCode() {
    return exitCode;
  }
}
