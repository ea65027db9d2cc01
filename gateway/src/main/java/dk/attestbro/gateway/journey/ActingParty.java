package dk.attestbro.gateway.journey;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import java.util.Optional;

/** Which party a call acts as. */
public final class ActingParty {
  private ActingParty() {}

  /**
   * The named party, or the only one.
   *
   * @throws MessageRefused NOT_ALLOWED where the credentials stand for no party,
   *     SENDER_NOT_AUTHENTICATED where not for the named one, PARTY_AMBIGUOUS where for several and
   *     none is named
   */
  public static PartyId of(Caller caller, Optional<PartyId> named) {
    if (caller.parties().isEmpty()) {
      throw new MessageRefused(RefusalReason.NOT_ALLOWED);
    }
    if (named.isPresent()) {
      if (!caller.parties().contains(named.get())) {
        throw new MessageRefused(RefusalReason.SENDER_NOT_AUTHENTICATED);
      }
      return named.get();
    }
    if (caller.parties().size() > 1) {
      throw new MessageRefused(RefusalReason.PARTY_AMBIGUOUS);
    }
    return caller.parties().iterator().next();
  }
}
