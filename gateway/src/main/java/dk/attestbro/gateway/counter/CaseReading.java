package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.api.JourneyCalls;
import dk.attestbro.gateway.api.VisibleLetters;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Records;
import dk.attestbro.port.Staff;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads letters for someone at the counter; every reading is noted in the access log first. */
final class CaseReading {
  private final Records records;
  private final JourneyCalls journey;
  private final MessageReader reader;
  private final AccessNotes access;

  CaseReading(Records records, JourneyCalls journey, MessageReader reader, AccessNotes access) {
    this.records = records;
    this.journey = journey;
    this.reader = reader;
    this.access = access;
  }

  /** The letters of a case that the party may see, oldest first, Acknowledgements left out. */
  List<Letter> letters(CertificateCase known, PartyId party) {
    return records.lettersOf(known.id()).stream()
        .filter(letter -> VisibleLetters.mayBeSeen(letter, Set.of(party)))
        .filter(letter -> !letter.isAcknowledgement())
        .toList();
  }

  /**
   * One letter of the party's own.
   *
   * @throws MessageRefused NOT_FOUND
   */
  Letter letter(Staff staff, String sender, String id) {
    PartyId party = OwnCases.party(staff);
    return LetterId.parse(id)
        .flatMap(letterId -> PageInput.party(sender).map(from -> new LetterRef(from, letterId)))
        .flatMap(records::letter)
        .filter(letter -> VisibleLetters.mayBeSeen(letter, Set.of(party)))
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }

  /**
   * Its content.
   *
   * @throws MessageRefused CONTENT_DELETED where it is held no longer
   */
  Payload content(Staff staff, Letter letter) {
    Payload payload =
        journey
            .open()
            .apply(letter.ref())
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    access.noteContent(
        staff.caller(),
        OwnCases.party(staff),
        AccessAct.CONTENT_READ,
        letter.ref(),
        letter.caseId());
    return payload;
  }

  MessageReading reading(Staff staff, Letter letter) {
    return reader.read(content(staff, letter));
  }

  /** What was asked, where it is still held; read by someone, and noted. */
  Optional<CertificateRequest> request(Staff staff, CertificateCase known) {
    Optional<CertificateRequest> asked = request(known);
    if (asked.isPresent()) {
      access.noteContent(
          staff.caller(),
          OwnCases.party(staff),
          AccessAct.CONTENT_READ,
          known.request(),
          Optional.of(known.id()));
    }
    return asked;
  }

  private Optional<CertificateRequest> request(CertificateCase known) {
    return journey
        .open()
        .apply(known.request())
        .map(reader::read)
        .flatMap(MessageReading::content)
        .filter(LetterContent.Request.class::isInstance)
        .map(content -> ((LetterContent.Request) content).request());
  }

  void noteCase(Staff staff, AccessAct act, CertificateCase known) {
    access.noteCase(staff.caller(), Set.of(OwnCases.party(staff)), act, known.id());
  }

  void noteReceived(Staff staff, Letter letter) {
    access.noteContent(
        staff.caller(),
        OwnCases.party(staff),
        AccessAct.LETTER_ACKNOWLEDGED,
        letter.ref(),
        letter.caseId());
  }
}
