package dk.attestbro.port;

import dk.attestbro.model.PartyId;
import java.util.Set;

/**
 * Who calls: the parties that the credentials stand for, or operations. {@code label} is fit for
 * logs.
 */
public record Caller(Set<PartyId> parties, boolean operator, String label) {
  public Caller {
    parties = Set.copyOf(parties);
  }
}
