package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.JourneyCalls;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Letter;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Staff;
import java.util.List;
import java.util.Optional;

/** Receives letters at the counter: each is acknowledged as by any system, and noted. */
final class Receiving {
  private final CaseReading reading;
  private final JourneyCalls journey;
  private final Inbox inbox;

  Receiving(CaseReading reading, JourneyCalls journey, Inbox inbox) {
    this.reading = reading;
    this.journey = journey;
    this.inbox = inbox;
  }

  /** Whether nobody of the party has received it yet. */
  boolean waits(PartyId party, Letter letter) {
    return inbox.items(party, letter.ref().id()).stream()
        .anyMatch(item -> item.letter().ref().equals(letter.ref()));
  }

  /**
   * A person says that it is received.
   *
   * @throws MessageRefused where it cannot be acknowledged
   */
  void receive(Staff staff, Letter letter) {
    if (acknowledge(staff, letter) instanceof Answer.Refused refused) {
      throw new MessageRefused(refused.refusal());
    }
    reading.noteReceived(staff, letter);
  }

  /** What was done answers letters of the case: they count as received, where they still wait. */
  void answered(Staff staff, CertificateCase known, CaseAct act) {
    PartyId party = OwnCases.party(staff);
    reading.letters(known, party).stream()
        .filter(letter -> act.answers(letter.event()) && waits(party, letter))
        .filter(letter -> !(acknowledge(staff, letter) instanceof Answer.Refused))
        .forEach(letter -> reading.noteReceived(staff, letter));
  }

  private Answer acknowledge(Staff staff, Letter letter) {
    return journey
        .acknowledge()
        .take(
            staff.caller(),
            OwnCases.party(staff),
            letter.ref().id(),
            Optional.of(letter.ref().sender()),
            AcknowledgementCode.OK,
            List.of());
  }
}
