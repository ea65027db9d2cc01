package dk.attestbro.port;

import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.PartyId;
import java.util.List;

/** What waits in a party's inbox. */
public interface Inbox {
  /**
   * Items with a sequence above {@code after}, oldest first. A sequence never appears below one
   * already seen.
   */
  List<Item> items(PartyId receiver, long after, int limit);

  /** The same without Acknowledgements, which a person has no need to receive. */
  List<Item> letters(PartyId receiver, long after, int limit);

  /** The items that bear this letter id, of several senders perhaps. */
  List<Item> items(PartyId receiver, LetterId id);

  /** One letter in an inbox. */
  record Item(long sequence, Letter letter) {}
}
