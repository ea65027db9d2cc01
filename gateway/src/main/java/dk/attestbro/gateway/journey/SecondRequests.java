package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds an earlier request of the same requester about the same citizen, form and unit. What others
 * have asked is never looked at.
 */
public final class SecondRequests {
  private static final Set<LetterStatus> NOT_ARRIVED =
      EnumSet.of(LetterStatus.REFUSED_BY_RECEIVER, LetterStatus.DEAD, LetterStatus.CLOSED);

  private final Records records;
  private final KnownCases cases;
  private final CitizenDigests digests;
  private final Duration window;

  /**
   * @param window how long an answered request still counts
   */
  public SecondRequests(
      Records records, KnownCases cases, CitizenDigests digests, Duration window) {
    this.records = records;
    this.cases = cases;
    this.digests = digests;
    this.window = window;
  }

  /** The keyed digest of a citizen. */
  Digest digest(Citizen citizen) {
    return digests.of(citizen);
  }

  /**
   * What went before this request. Their number is read before they are looked through: one that
   * comes meanwhile takes the next number, so that the record of this one fails.
   */
  EarlierRequests before(CaseOpening opening) {
    return opening
        .citizen()
        .map(
            citizen ->
                new EarlierRequests(
                    records.latestRequestNumber(opening), standing(opening, citizen)))
        .orElse(EarlierRequests.NONE);
  }

  /** Also one that a party was asked or asked in whose place one of these has taken since. */
  private Optional<CaseId> standing(CaseOpening opening, Digest citizen) {
    Instant now = opening.openedAt();
    Set<PartyId> requesters = cases.withPredecessors(Set.of(opening.requester()), now);
    Set<PartyId> responders = cases.withPredecessors(Set.of(opening.responder()), now);
    return requesters.stream()
        .flatMap(asks -> responders.stream().flatMap(owes -> same(opening, asks, owes, citizen)))
        // A copy of this very letter that was quicker is none before it.
        .filter(earlier -> !earlier.request().equals(opening.request()))
        .filter(this::arrivedOrMayStillArrive)
        .findFirst()
        .map(CertificateCase::id);
  }

  private Stream<CertificateCase> same(
      CaseOpening opening, PartyId asks, PartyId owes, Digest citizen) {
    return records
        .sameRequest(asks, owes, opening.form(), citizen, opening.openedAt().minus(window))
        .stream();
  }

  /** What the receiver refused, or no one could take, may be asked again. */
  private boolean arrivedOrMayStillArrive(CertificateCase earlier) {
    return records
        .letter(earlier.request())
        .map(Letter::status)
        .filter(NOT_ARRIVED::contains)
        .isEmpty();
  }
}
