package dk.attestbro.gateway.api;

import dk.attestbro.model.Letter;
import dk.attestbro.model.PartyId;
import java.util.Set;

/** Whose letters a letter is among. */
public final class VisibleLetters {
  private VisibleLetters() {}

  /** Whether a letter is one of these parties' own: sent by one, or taken for one. */
  public static boolean mayBeSeen(Letter letter, Set<PartyId> parties) {
    return parties.contains(letter.ref().sender())
        || (Views.wasTaken(letter.status())
            && letter.receiver().filter(parties::contains).isPresent());
  }
}
