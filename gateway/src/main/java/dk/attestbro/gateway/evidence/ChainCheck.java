package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of a package as one unbroken chain from its beginning, in the order of their times.
 */
final class ChainCheck {
  /**
   * Entries are numbered as they are committed and timed as they begin: what runs at the same time,
   * on nodes whose clocks differ a little, may be so far out of order.
   */
  static final Duration TOLERANCE = Duration.ofMinutes(15);

  private final String chain;
  private final JsonNode events;
  private final Consumer<String> broken;
  private final List<EvidenceLink> links = new ArrayList<>();

  ChainCheck(String chain, JsonNode events, Consumer<String> broken) {
    this.chain = chain;
    this.events = events;
    this.broken = broken;
  }

  String chain() {
    return chain;
  }

  /** The entries whose form could be read, in their order. */
  List<EvidenceLink> links() {
    return links;
  }

  /** The entry with this number. */
  Optional<EvidenceLink> link(long sequence) {
    return links.stream().filter(link -> link.sequence() == sequence).findFirst();
  }

  /** The entries about this letter. */
  List<Evidence> about(LetterRef letter) {
    return links.stream()
        .map(EvidenceLink::entry)
        .filter(entry -> entry.letter().equals(Optional.of(letter)))
        .toList();
  }

  void check() {
    Digest previous = Evidence.START;
    Instant latest = Instant.MIN;
    long expected = 0;
    for (JsonNode event : events) {
      expected++;
      String place = PackageFiles.EVENTS + ": entry " + expected;
      Optional<EvidenceLink> read = read(event);
      if (read.isEmpty()) {
        broken.accept(place + " cannot be read");
        return;
      }
      EvidenceLink link = read.get();
      if (link.sequence() != expected) {
        broken.accept(place + " is missing: found number " + link.sequence());
        return;
      }
      if (!link.entry().hashAfter(previous, expected).equals(link.hash())) {
        broken.accept(place + " does not follow from the one before it");
      }
      if (link.entry().at().plus(TOLERANCE).isBefore(latest)) {
        broken.accept(place + " is earlier than the one before it");
      }
      latest = link.entry().at().isAfter(latest) ? link.entry().at() : latest;
      previous = link.hash();
      links.add(link);
    }
    if (links.isEmpty()) {
      broken.accept(PackageFiles.EVENTS + ": has no entry");
    }
  }

  private Optional<EvidenceLink> read(JsonNode event) {
    try {
      Optional<LetterRef> letter =
          event.path("letterId").isTextual()
              ? Optional.of(
                  new LetterRef(
                      new PartyId(event.path("sender").asText()),
                      new LetterId(event.path("letterId").asText())))
              : Optional.empty();
      Evidence entry =
          new Evidence(
              chain,
              Instant.parse(event.path("at").asText()),
              TimelineCode.valueOf(event.path("code").asText()),
              letter,
              event.path("detail").asText());
      return Optional.of(
          new EvidenceLink(
              entry, event.path("sequence").asLong(), new Digest(event.path("hash").asText())));
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
