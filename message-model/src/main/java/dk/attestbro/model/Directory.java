package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All parties at one moment, and the gateway's own. Immutable. */
public final class Directory {
  private final Party gateway;
  private final Map<PartyId, Party> byId = new LinkedHashMap<>();
  private final Map<String, Party> bySor = new LinkedHashMap<>();

  public Directory(Party gateway, Collection<Party> parties) {
    this.gateway = gateway;
    for (Party party : parties) {
      byId.put(party.id(), party);
      bySor.put(party.sor(), party);
    }
  }

  /** The party that the gateway's own Receipts and Acknowledgements come from. */
  public Party gateway() {
    return gateway;
  }

  /** Every party but the gateway, in the order of the file. */
  public Collection<Party> parties() {
    return List.copyOf(byId.values());
  }

  /** The party with this id, the gateway's own among them. */
  public Optional<Party> party(PartyId id) {
    return id.equals(gateway.id()) ? Optional.of(gateway) : Optional.ofNullable(byId.get(id));
  }

  /** The party that someone named, whatever they wrote; never the gateway. */
  public Optional<Party> named(String id) {
    return byId.values().stream().filter(party -> party.id().value().equals(id)).findFirst();
  }

  /** The party that a message names by SOR. */
  public Optional<Party> bySor(String sor) {
    return sor.equals(gateway.sor()) ? Optional.of(gateway) : Optional.ofNullable(bySor.get(sor));
  }

  /**
   * Who has taken this party's place by that day: the successor of one that has ended, or that
   * one's; the party itself where it has not ended or nobody succeeds it.
   */
  public PartyId inPlaceOf(PartyId id, LocalDate today) {
    Optional<PartyId> successor =
        party(id)
            .filter(party -> party.validTo().filter(today::isAfter).isPresent())
            .flatMap(Party::successor);
    // A directory without rings is checked when it is read.
    return successor.map(next -> inPlaceOf(next, today)).orElse(id);
  }

  /** The parties that send from this mail address. */
  public Set<PartyId> writingFrom(String mailAddress) {
    Set<PartyId> found = new TreeSet<>();
    for (Party party : byId.values()) {
      if (party.writesFrom(mailAddress)) {
        found.add(party.id());
      }
    }
    return found;
  }

  /** The parties that this certificate may act as. */
  public Set<PartyId> signedBy(Digest certificate) {
    Set<PartyId> found = new TreeSet<>();
    for (Party party : byId.values()) {
      if (party.signers().stream().anyMatch(c -> c.fingerprint().equals(certificate))) {
        found.add(party.id());
      }
    }
    return found;
  }
}
