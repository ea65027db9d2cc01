package dk.attestbro.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** The log of commands that are not the gateway: what they say to a person is on their output. */
final class Logs {
  private Logs() {}

  /** Leaves out all but warnings, from here on. */
  static void onlyWarnings() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.WARN);
    }
  }
}
