package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Letter;
import dk.attestbro.model.PartyId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * For whom a package is. Operations get every letter of the case without its content; a party gets
 * its own letters, with what is still held of them.
 */
public record EvidenceScope(Optional<Set<PartyId>> parties) {
  /** For operations. */
  public static final EvidenceScope OPERATIONS = new EvidenceScope(Optional.empty());

  public EvidenceScope {
    parties = parties.map(given -> java.util.Collections.unmodifiableSet(new TreeSet<>(given)));
  }

  /** For these parties of the case. */
  public static EvidenceScope of(Set<PartyId> parties) {
    return new EvidenceScope(Optional.of(parties));
  }

  /** Whether contents may be shown. */
  boolean showsContents() {
    return parties.isPresent();
  }

  boolean shows(Letter letter) {
    return parties
        .map(
            own ->
                own.contains(letter.ref().sender())
                    || letter.receiver().filter(own::contains).isPresent())
        .orElse(true);
  }
}
