package dk.attestbro.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the gateway tells someone beside the letters: ids, codes, figures and times, never a
 * person's data. Of one topic at most one goes to a recipient in each {@code every}; what comes
 * meanwhile is counted and told with the next. Without {@code every} a topic is told once.
 *
 * @param topic what it is about, in ids and codes
 * @param code what happened
 * @param facts by name, in the order of their names
 */
public record Notice(
    Kind kind,
    String topic,
    Recipient recipient,
    String code,
    Map<String, String> facts,
    Instant at,
    Optional<Duration> every) {

  /** What a notice is for. */
  public enum Kind {
    /** A reply is long overdue: to the agreement's contact. */
    ESCALATION,
    /** Something new waits in a party's inbox: to that party. */
    INBOX_NEWS,
    /** A person of operations must look. */
    ALERT;

    /** The same word, as systems read it. */
    public String shown() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Notice {
    SortedMap<String, String> sorted = new TreeMap<>(facts);
    if (sorted.values().stream().anyMatch(fact -> fact.chars().anyMatch(Character::isISOControl))) {
      throw new IllegalArgumentException("a fact of a notice is one line");
    }
    facts = Collections.unmodifiableSortedMap(sorted);
  }

  /** The same for every notice of a topic to a recipient, whichever node tells it. */
  public UUID id() {
    String name = String.join("\n", kind.name(), topic, recipient.address());
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
