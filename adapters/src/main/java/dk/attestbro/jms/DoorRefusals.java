package dk.attestbro.jms;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the door turns away: a line of log, and its code to whoever counts. */
final class DoorRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(DoorRefusals.class);

  private final Consumer<String> counting;

  DoorRefusals(Consumer<String> counting) {
    this.counting = counting;
  }

  /** One call of a client; its connection goes on. */
  void refused(String who, String code) {
    LOG.warn("a queue client of {} was refused: {}", who, code);
    counting.accept(code);
  }

  /** A whole connection. */
  void closed(String who, String code) {
    LOG.warn("a queue client's connection was closed: {} {}", code, who);
    counting.accept(code);
  }
}
