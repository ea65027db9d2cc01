package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Contact;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Change;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps who handles a case at each side, sealed like the content of a letter and beside it: one per
 * party and case, as if from a sender that no directory can name, so that no letter ever has its
 * id.
 */
public final class CaseContacts {
  /** Between the two texts; it cannot be typed (ASCII record separator). */
  private static final String BETWEEN = "\u001e";

  /** No party: the directory takes no id without a letter or a digit. */
  private static final PartyId NO_PARTY = new PartyId("-");

  private final Records records;
  private final ContentSealing sealing;

  public CaseContacts(Records records, ContentSealing sealing) {
    this.records = records;
    this.sealing = sealing;
  }

  void put(Change.Builder change, CaseId id, PartyId party, Contact contact) {
    LetterRef place = place(id, party);
    byte[] text =
        (contact.name().replace(BETWEEN, " ") + BETWEEN + contact.phone().replace(BETWEEN, " "))
            .getBytes(StandardCharsets.UTF_8);
    change.add(
        new Change.PutContent(place, sealing.seal(place, new Payload(text, MediaType.FHIR_JSON))));
  }

  /** Who handles the case at this party; empty where it has not said. */
  public Optional<Contact> of(CaseId id, PartyId party) {
    LetterRef place = place(id, party);
    return records
        .content(place)
        .map(held -> new String(sealing.open(place, held).bytes(), StandardCharsets.UTF_8))
        .map(text -> text.split(BETWEEN, -1))
        .map(parts -> new Contact(parts[0], parts[1]));
  }

  /** Deletes who handles the case, at whichever side it was said; whether anything was held. */
  boolean drop(Change.Builder change, CertificateCase over) {
    List<LetterRef> said =
        Stream.concat(
                Stream.of(over.requester(), over.responder()),
                over.standing().formerParties().stream())
            .map(party -> place(over.id(), party))
            .filter(place -> records.content(place).isPresent())
            .toList();
    said.forEach(place -> change.add(new Change.DropContent(place)));
    return !said.isEmpty();
  }

  private static LetterRef place(CaseId id, PartyId party) {
    byte[] name = (id + "/" + party).getBytes(StandardCharsets.UTF_8);
    return new LetterRef(NO_PARTY, new LetterId(UUID.nameUUIDFromBytes(name).toString()));
  }
}
