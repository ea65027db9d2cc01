package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Staff;
import java.time.Clock;

/** The cases of the party that someone acts for; another's look like none at all. */
final class OwnCases {
  private final KnownCases cases;
  private final Clock clock;

  OwnCases(KnownCases cases, Clock clock) {
    this.cases = cases;
    this.clock = clock;
  }

  /**
   * The case with this id, as it stands now.
   *
   * @throws MessageRefused NOT_FOUND where there is none, or it is another party's
   */
  CertificateCase find(Staff staff, String id) {
    return CaseId.parse(id)
        .flatMap(known -> cases.find(known, clock.instant()))
        .filter(found -> found.involves(party(staff)))
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }

  /** Whom someone at the counter acts for. */
  static PartyId party(Staff staff) {
    return staff.party().orElseThrow(() -> new MessageRefused(RefusalReason.NOT_ALLOWED));
  }
}
