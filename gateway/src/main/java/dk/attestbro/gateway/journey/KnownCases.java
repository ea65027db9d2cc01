package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Turn;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds cases as they stand today. Where a party of a case has ended as an organisation, its
 * successor has taken its place from the day after.
 */
public final class KnownCases {
  private final Records records;
  private final DirectorySource directory;
  private final AgreementSource agreements;

  public KnownCases(Records records, DirectorySource directory, AgreementSource agreements) {
    this.records = records;
    this.directory = directory;
    this.agreements = agreements;
  }

  public Optional<CertificateCase> find(CaseId id, Instant now) {
    return records.certificateCase(id).map(found -> asOf(found, now));
  }

  /** The case with the successors that have taken over by now. */
  public CertificateCase asOf(CertificateCase found, Instant now) {
    return succeeded(succeeded(found, found.requester(), now), found.responder(), now);
  }

  private CertificateCase succeeded(CertificateCase found, PartyId party, Instant now) {
    Directory parties = directory.current();
    LocalDate today = DeadlineRule.day(now);
    CertificateCase after = found;
    Optional<Party> ended = parties.party(party).filter(p -> hasEnded(p, today));
    // A successor may have ended too; a directory without rings is checked when it is read.
    while (ended.isPresent() && ended.get().successor().isPresent()) {
      after = take(after, ended.get());
      ended = ended.get().successor().flatMap(parties::party).filter(p -> hasEnded(p, today));
    }
    return after;
  }

  private CertificateCase take(CertificateCase before, Party ended) {
    Instant at =
        ended.validTo().orElseThrow().plusDays(1).atStartOfDay(DeadlineRule.ZONE).toInstant();
    WorkCalendar calendar = agreements.calendar();
    return CaseRules.take(
        before, Turn.succeeded(ended.id(), ended.successor().orElseThrow(), at), calendar);
  }

  private static boolean hasEnded(Party party, LocalDate today) {
    return party.validTo().filter(today::isAfter).isPresent();
  }

  /** These parties, and those that they have succeeded: whose cases are theirs today. */
  public Set<PartyId> withPredecessors(Set<PartyId> parties, Instant now) {
    LocalDate today = DeadlineRule.day(now);
    Set<PartyId> all = new TreeSet<>(parties);
    boolean more = true;
    while (more) {
      more = false;
      for (Party party : directory.current().parties()) {
        if (hasEnded(party, today) && party.successor().filter(all::contains).isPresent()) {
          more |= all.add(party.id());
        }
      }
    }
    return all;
  }
}
