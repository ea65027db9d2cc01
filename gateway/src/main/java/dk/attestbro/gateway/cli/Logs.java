package dk.attestbro.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of commands that are not the gateway. It goes to standard output, where a token, a table
 * or JSON must stand alone.
 */
final class Logs {
  private Logs() {}

  /** Leaves out all but errors, from here on. */
  static void onlyErrors() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.ERROR);
    }
  }
}
