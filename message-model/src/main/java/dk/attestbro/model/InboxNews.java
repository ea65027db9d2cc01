package dk.attestbro.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told that something new waits in an inbox: each at once, and again at the earliest after
 * {@code every}, with how much came meanwhile.
 */
public record InboxNews(List<Recipient> to, Duration every) {
  /** Where nothing else is said. */
  public static final Duration EVERY = Duration.ofMinutes(15);

  public InboxNews {
    to = List.copyOf(to);
  }

  /** That one letter more waits for this party. */
  public List<Notice> of(PartyId party, Instant at) {
    return to.stream()
        .map(
            recipient ->
                new Notice(
                    Notice.Kind.INBOX_NEWS,
                    party.value(),
                    recipient,
                    TimelineCode.PUT_IN_INBOX.name(),
                    Map.of("party", party.value()),
                    at,
                    Optional.of(every)))
        .toList();
  }
}
