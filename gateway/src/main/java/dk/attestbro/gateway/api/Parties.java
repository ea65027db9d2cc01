package dk.attestbro.gateway.api;

import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import java.util.Optional;
import java.util.Set;

/** Which of its parties a caller acts as, and ids as a call names them. */
final class Parties {
  private Parties() {}

  /**
   * The parties whose things the call is about: the named one, else all of the caller's.
   *
   * @throws MessageRefused NOT_ALLOWED where the named one is not the caller's
   */
  static Set<PartyId> all(Caller caller, Optional<String> named) {
    return named(caller, named, RefusalReason.NOT_ALLOWED).map(Set::of).orElse(caller.parties());
  }

  /**
   * The one party that reads: the named one, else the only one.
   *
   * @throws MessageRefused NOT_ALLOWED or PARTY_AMBIGUOUS
   */
  static PartyId one(Caller caller, Optional<String> named) {
    return only(all(caller, named));
  }

  /**
   * The party that a letter is to come from, as {@code ?party=} or the body's {@code sender} names
   * it; empty where neither does.
   *
   * @throws MessageRefused SENDER_NOT_AUTHENTICATED where it is not the caller's, PARAMETER_INVALID
   *     where the two differ
   */
  static Optional<PartyId> sender(
      Caller caller, Optional<String> parameter, Optional<String> field) {
    if (parameter.isPresent() && field.isPresent() && !parameter.equals(field)) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, "party");
    }
    return named(caller, parameter.or(() -> field), RefusalReason.SENDER_NOT_AUTHENTICATED);
  }

  /**
   * The only one of several.
   *
   * @throws MessageRefused PARTY_AMBIGUOUS
   */
  static PartyId only(Set<PartyId> parties) {
    if (parties.size() != 1) {
      throw new MessageRefused(RefusalReason.PARTY_AMBIGUOUS, "party");
    }
    return parties.iterator().next();
  }

  /** A letter id in a path; what has no id's shape names nothing. */
  static LetterId letter(String text) {
    try {
      return new LetterId(text);
    } catch (IllegalArgumentException notAnId) {
      throw new MessageRefused(RefusalReason.NOT_FOUND);
    }
  }

  /** A party named in a parameter. */
  static Optional<PartyId> parameter(String name, Optional<String> text) {
    try {
      return text.map(PartyId::new);
    } catch (IllegalArgumentException notAnId) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, name);
    }
  }

  private static Optional<PartyId> named(
      Caller caller, Optional<String> text, RefusalReason whereNotTheCallers) {
    Optional<PartyId> party = parameter("party", text);
    if (party.isPresent() && !caller.parties().contains(party.get())) {
      throw new MessageRefused(whereNotTheCallers);
    }
    return party;
  }
}
