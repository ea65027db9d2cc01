package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
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

/**
 * Finds an earlier request of the same requester about the same citizen, form and unit. What others
 * have asked is never looked at.
 */
public final class SecondRequests {
  private static final Set<LetterStatus> NOT_ARRIVED =
      EnumSet.of(LetterStatus.REFUSED_BY_RECEIVER, LetterStatus.DEAD, LetterStatus.CLOSED);

  private final Records records;
  private final CitizenDigests digests;
  private final Duration window;

  /**
   * @param window how long an answered request still counts
   */
  public SecondRequests(Records records, CitizenDigests digests, Duration window) {
    this.records = records;
    this.digests = digests;
    this.window = window;
  }

  /** The keyed digest of the request's citizen. */
  Optional<Digest> citizen(CertificateRequest request) {
    return request.citizen().map(digests::of);
  }

  /** The case of a request that is open, or was answered within the window. */
  Optional<CertificateCase> earlier(
      PartyId requester, PartyId responder, String form, CertificateRequest request, Instant now) {
    return citizen(request)
        .flatMap(
            citizen -> records.sameRequest(requester, responder, form, citizen, now.minus(window)))
        .filter(this::arrivedOrMayStillArrive);
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
