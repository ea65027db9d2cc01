package dk.attestbro.port;

import dk.attestbro.model.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The mails that wait for a person to sort them. They come and go by {@link Change}: kept with
 * their sealed content, closed, emptied. A mail stays known by its digest after its content is
 * deleted.
 */
public interface SortingDesk {
  Order<By> OLDEST_FIRST = new Order<>(By.RECEIVED, false);

  /** What mails are ordered by; those that are alike go by time and id, the same way round. */
  enum By {
    RECEIVED,
    ACCOUNT,
    REASON,
    SENDER,
    SIZE
  }

  /**
   * The mails that nobody has closed, in this order; no sender comes before any.
   *
   * @param after the mail already seen last
   * @param limit 1 to 500
   */
  List<UnsortedMail> open(Order<By> order, Optional<UUID> after, int limit);

  Optional<UnsortedMail> unsorted(UUID id);

  /** Whether a mail with exactly these bytes was ever kept. */
  default boolean knowsMail(Digest sha256) {
    return unsorted(UnsortedMail.idOf(sha256)).isPresent();
  }

  /** How many are open. */
  long openCount();

  /**
   * The mails whose content is held and may go: those closed at {@code closedBy} or before, and all
   * that came at {@code receivedBy} or before. Oldest first.
   *
   * @param limit 1 to 500
   */
  List<UnsortedMail> mailsToEmpty(Instant closedBy, Instant receivedBy, int limit);
}
