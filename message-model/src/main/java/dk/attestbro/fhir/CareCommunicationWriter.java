package dk.attestbro.fhir;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Writes the first message of a care-communication thread (MedCom CareCommunication 5.0). Replies
 * and forwards, which repeat the earlier segments, are not written here.
 */
public final class CareCommunicationWriter {
  private static final String PROFILES =
      "http://medcomfhir.dk/ig/carecommunication/StructureDefinition/medcom-careCommunication-";
  private static final String CORE =
      "http://medcomfhir.dk/ig/core/StructureDefinition/medcom-core-";
  private static final String DEFINITION =
      "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComCareCommunicationMessageDefinition|5.0";
  private static final String CATEGORY =
      "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-careCommunication-categoryCodes";
  private static final String URL_BASE = "https://medcomfhir.dk/ig/carecommunication";

  private CareCommunicationWriter() {}

  /** The message in the given format. */
  public static Payload write(CareCommunicationDraft draft, MediaType type) {
    return Fhir.payload(bundle(draft), type);
  }

  static Bundle bundle(CareCommunicationDraft draft) {
    MessageBundle message =
        MessageBundle.medCom(
            draft.letterId(),
            draft.bundleId(),
            draft.at(),
            PROFILES + "message",
            PROFILES + "provenance",
            URL_BASE);
    MessageHeader header =
        message.header(EventCode.CARE_COMMUNICATION, DEFINITION, draft.sender(), draft.receiver());
    header.getMeta().addProfile(PROFILES + "messageHeader");
    Communication communication = new Communication();
    Provenance provenance = message.provenance("new-message", draft.sender());
    text(communication, provenance, message, draft);
    for (int i = 0; i < draft.attachments().size(); i++) {
      attachment(communication, provenance, message, draft, i);
    }
    header.addFocus(communication(communication, message, draft));
    return message.finished();
  }

  private static Reference communication(
      Communication communication, MessageBundle message, CareCommunicationDraft draft) {
    communication.getMeta().addProfile(PROFILES + "communication");
    communication.addIdentifier().setValue("urn:uuid:" + draft.thread());
    communication.setStatus(Communication.CommunicationStatus.UNKNOWN);
    communication.addCategory().addCoding().setSystem(CATEGORY).setCode(draft.category());
    if (!draft.topic().isBlank()) {
      communication.getTopic().setText(draft.topic());
    }
    communication.setSubject(patient(message, draft));
    return message.addNamed(
        communication,
        "communication",
        Narratives.of(
            draft.topic(),
            draft.text(),
            draft.author().given() + " " + draft.author().family(),
            draft.author().title() + ", telefon " + draft.author().phone(),
            draft.attachments().isEmpty() ? "" : "Bilag: " + draft.attachments().size()));
  }

  private static Reference patient(MessageBundle message, CareCommunicationDraft draft) {
    Patient patient = CaseLetter.patient(draft.citizen());
    patient.getMeta().addProfile(CORE + "patient");
    return message.addNamed(
        patient,
        "patient",
        Narratives.of("Borger: " + draft.citizen().family(), "Id: " + draft.citizen().id()));
  }

  private static void text(
      Communication communication,
      Provenance provenance,
      MessageBundle message,
      CareCommunicationDraft draft) {
    Communication.CommunicationPayloadComponent segment = communication.addPayload();
    segment.setContent(new StringType(draft.text()));
    segment.addExtension(CORE + "datetime-extension", message.now());
    segment.addExtension(
        CORE + "identifier-extension", identifier("text", provenance, message, draft));
    segment.addExtension(CORE + "practitioner-extension", author(message, draft));
    segment.addExtension(
        CORE + "contact-extension",
        new ContactPoint()
            .setSystem(ContactPoint.ContactPointSystem.PHONE)
            .setValue(draft.author().phone()));
  }

  private static void attachment(
      Communication communication,
      Provenance provenance,
      MessageBundle message,
      CareCommunicationDraft draft,
      int number) {
    Attachment attachment = draft.attachments().get(number);
    Communication.CommunicationPayloadComponent segment = communication.addPayload();
    segment.addExtension(CORE + "datetime-extension", message.now());
    segment.addExtension(
        CORE + "identifier-extension",
        identifier("attachment/" + number, provenance, message, draft));
    segment.setContent(
        new org.hl7.fhir.r4.model.Attachment()
            .setContentType(attachment.contentType())
            .setTitle(attachment.title())
            .setData(attachment.data()));
  }

  /** Names a segment, in its extension and in the Provenance of the message that added it. */
  private static Identifier identifier(
      String name, Provenance provenance, MessageBundle message, CareCommunicationDraft draft) {
    String seed = draft.letterId() + "/" + name;
    String value = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    provenance
        .addEntity()
        .setRole(Provenance.ProvenanceEntityRole.SOURCE)
        .getWhat()
        .setIdentifier(new Identifier().setValue(value));
    return new Identifier().setValue(value).setAssigner(message.organization(draft.sender()));
  }

  private static Reference author(MessageBundle message, CareCommunicationDraft draft) {
    CareCommunicationDraft.Author author = draft.author();
    Practitioner practitioner = new Practitioner();
    practitioner.getMeta().addProfile(CORE + "practitioner");
    practitioner.addName().setFamily(author.family()).addGiven(author.given());
    String name = author.given() + " " + author.family();
    PractitionerRole role = new PractitionerRole();
    role.getMeta().addProfile(CORE + "practitionerrole");
    role.setPractitioner(
        message.addNamed(practitioner, "practitioner", Narratives.of("Navn: " + name)));
    role.addCode().setText(author.title());
    return message.addNamed(
        role, "practitioner-role", Narratives.of(name, author.title(), author.phone()));
  }
}
