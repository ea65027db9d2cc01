package dk.attestbro.fhir;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.Party;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The first message of a care-communication thread: one text, signed by a named person with title
 * and phone, and documents. {@code category} is a code of MedCom's value set, {@code topic} may be
 * empty unless the category is {@code other}.
 */
public record CareCommunicationDraft(
    LetterId letterId,
    BundleId bundleId,
    Instant at,
    Party sender,
    Party receiver,
    UUID thread,
    Citizen citizen,
    String category,
    String topic,
    String text,
    Author author,
    List<Attachment> attachments) {
  public CareCommunicationDraft {
    attachments = List.copyOf(attachments);
  }

  /** Who wrote the text. */
  public record Author(String given, String family, String title, String phone) {
    @Override
    public String toString() {
      return "Author[]";
    }
  }

  @Override
  public String toString() {
    return "CareCommunicationDraft[" + letterId + "]";
  }
}
