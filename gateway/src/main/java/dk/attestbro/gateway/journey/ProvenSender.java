package dk.attestbro.gateway.journey;

import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is proven to have sent a mail.
 *
 * @param parties those whose address it is from and who are proven; none where nothing is proven
 * @param signers those that every signature on it stands for, whatever the address; none where it
 *     is not signed
 * @param objection why the parties are none
 * @param signatures those on it, by which the signers are proven
 */
record ProvenSender(
    Set<PartyId> parties,
    Set<PartyId> signers,
    Optional<RefusalReason> objection,
    List<SignedBy> signatures) {
  ProvenSender {
    parties = Set.copyOf(parties);
    signers = Set.copyOf(signers);
    signatures = List.copyOf(signatures);
  }

  static ProvenSender unproven(RefusalReason why) {
    return new ProvenSender(Set.of(), Set.of(), Optional.of(why), List.of());
  }

  boolean isProven() {
    return !parties.isEmpty();
  }

  /** The party, where it can only be one. */
  Optional<PartyId> party() {
    return parties.size() == 1 ? parties.stream().findFirst() : Optional.empty();
  }

  Caller caller() {
    return new Caller(parties, false, "mail");
  }
}
