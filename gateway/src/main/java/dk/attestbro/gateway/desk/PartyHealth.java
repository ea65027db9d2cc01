package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.operations.QueueLine;
import dk.attestbro.model.Party;
import java.util.Optional;

/**
 * A party and how it is with it.
 *
 * @param valid whether its validity covers today
 * @param queue empty where it cannot receive
 */
public record PartyHealth(Party party, boolean valid, Optional<QueueLine> queue) {

  /** The key of the word for it, behind {@code desk.health.}. */
  public String word() {
    if (!valid) {
      return "ended";
    }
    if (queue.isEmpty()) {
      return "sends";
    }
    if (queue.get().figures().paused()) {
      return "paused";
    }
    if (queue.get().lately().failed() > 0 && queue.get().lately().delivered() == 0) {
      return "failing";
    }
    return queue.get().figures().waitingForRetry() > 0 ? "retrying" : "well";
  }

  /** The kind of its badge. */
  public String kind() {
    return switch (word()) {
      case "well" -> "good";
      case "failing" -> "bad";
      case "paused", "retrying" -> "warn";
      default -> "";
    };
  }
}
