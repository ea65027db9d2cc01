package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.port.Records;

/**
 * The request as the responder of today was sent it: after a forward the one that was passed on.
 */
public final class LastRequest {
  private LastRequest() {}

  public static LetterRef of(Records records, CertificateCase known) {
    return records.lettersOf(known.id()).stream()
        .filter(letter -> letter.event().equals(EventCode.CERTIFICATE_REQUEST.code()))
        .filter(letter -> letter.status() != LetterStatus.REFUSED)
        .reduce((earlier, later) -> later)
        .map(Letter::ref)
        .orElse(known.request());
  }
}
