package dk.attestbro.gateway.api;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.model.HospitalDischarge;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.Records;
import java.util.Optional;

/** Whom a case or a letter is about, as a keyed digest. */
final class CitizenOf {
  private final Records records;
  private final JourneyCalls journey;
  private final MessageReader reader;
  private final CitizenDigests digests;

  CitizenOf(Records records, JourneyCalls journey, MessageReader reader, CitizenDigests digests) {
    this.records = records;
    this.journey = journey;
    this.reader = reader;
    this.digests = digests;
  }

  Digest digest(Citizen citizen) {
    return digests.of(citizen);
  }

  /** The citizen of a certificate case. */
  Optional<Digest> of(Optional<CaseId> id) {
    return id.flatMap(records::certificateCase).flatMap(CitizenOf::citizen);
  }

  private static Optional<Digest> citizen(CertificateCase known) {
    return known.opening().citizen();
  }

  /** The citizen of a letter: its case's, else the one that its content names. */
  Optional<Digest> of(Optional<CaseId> id, LetterRef letter) {
    Optional<CertificateCase> known = id.flatMap(records::certificateCase);
    return known.isPresent()
        ? known.flatMap(CitizenOf::citizen)
        : journey
            .open()
            .apply(letter)
            .map(reader::read)
            .flatMap(reading -> named(reading, id))
            .map(digests::of);
  }

  /** A HospitalNotification is looked into only where it stands in a case. */
  private static Optional<Citizen> named(MessageReading reading, Optional<CaseId> id) {
    return reading
        .content()
        .flatMap(CitizenOf::named)
        .or(
            () ->
                id.flatMap(stands -> reading.hospitalDischarge())
                    .map(
                        says ->
                            says instanceof HospitalDischarge.Told told ? told.citizen() : null));
  }

  private static Optional<Citizen> named(LetterContent content) {
    if (content instanceof LetterContent.Request request) {
      return request.request().citizen();
    }
    return content instanceof LetterContent.DischargeNotice notice
        ? notice.citizen()
        : Optional.empty();
  }
}
