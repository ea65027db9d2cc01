package dk.attestbro.fhir;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/**
 * A HospitalNotification of MedCom's about the stay of the test person Bruno Elmer, as a hospital's
 * system writes it.
 *
 * @param end the end of the stay; empty where it goes on
 * @param follows the notification before it
 */
public record HospitalNotification(
    LetterId letterId,
    BundleId bundleId,
    Instant at,
    Party sender,
    Party receiver,
    Citizen citizen,
    String activity,
    Encounter.EncounterStatus status,
    String stayClass,
    Optional<String> end,
    Optional<LetterId> follows,
    boolean dead) {
  private static final String PROFILES =
      "http://medcomfhir.dk/ig/hospitalnotification/StructureDefinition/medcom-";

  /** End of the stay of an inpatient, who goes home (SLHJ). */
  public static HospitalNotification discharged(
      Instant at, Party sender, Party receiver, String end) {
    return new HospitalNotification(
        LetterId.random(),
        BundleId.random(),
        at,
        sender,
        receiver,
        Messages.citizen(),
        "discharge-inpatient-home",
        Encounter.EncounterStatus.FINISHED,
        "IMP",
        Optional.of(end),
        Optional.empty(),
        false);
  }

  /** A later one, which corrects it to another end (RE_SLHJ). */
  public HospitalNotification revised(String newEnd) {
    return new HospitalNotification(
        LetterId.random(),
        BundleId.random(),
        at,
        sender,
        receiver,
        citizen,
        "revise-discharge-inpatient-home",
        Encounter.EncounterStatus.FINISHED,
        stayClass,
        Optional.of(newEnd),
        Optional.of(letterId),
        dead);
  }

  /** A later one, which cancels it (AN_SLHJ): the stay goes on. */
  public HospitalNotification cancelled() {
    return new HospitalNotification(
        LetterId.random(),
        BundleId.random(),
        at,
        sender,
        receiver,
        citizen,
        "cancel-discharge-inpatient-home",
        Encounter.EncounterStatus.INPROGRESS,
        stayClass,
        Optional.empty(),
        Optional.of(letterId),
        dead);
  }

  /** The same letter in other codes. */
  public HospitalNotification as(
      String otherActivity, Encounter.EncounterStatus otherStatus, String otherClass) {
    return new HospitalNotification(
        letterId,
        bundleId,
        at,
        sender,
        receiver,
        citizen,
        otherActivity,
        otherStatus,
        otherClass,
        end,
        follows,
        dead);
  }

  /** The same letter about a patient who has died. */
  public HospitalNotification ofTheDead() {
    return new HospitalNotification(
        letterId, bundleId, at, sender, receiver, citizen, activity, status, stayClass, end,
        follows, true);
  }

  /** The same letter in a new envelope. */
  public HospitalNotification again() {
    return new HospitalNotification(
        letterId,
        BundleId.random(),
        at,
        sender,
        receiver,
        citizen,
        activity,
        status,
        stayClass,
        end,
        follows,
        dead);
  }

  public Payload payload(MediaType type) {
    return Fhir.payload(bundle(), type);
  }

  Bundle bundle() {
    MessageBundle message =
        MessageBundle.medCom(
            letterId,
            bundleId,
            at,
            PROFILES + "hospitalNotification-message",
            Canonicals.MESSAGING + "medcom-messaging-provenance",
            "https://medcomfhir.dk/ig/hospitalnotification");
    MessageHeader header =
        message.header(
            EventCode.HOSPITAL_NOTIFICATION,
            "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComHospitalNotificationMessageDefinition|3.0",
            sender,
            receiver);
    header.getMeta().addProfile(PROFILES + "hospitalNotification-messageHeader");
    header.addExtension(PROFILES + "messaging-reportOfAdmissionExtension", new BooleanType(false));
    header.addFocus(
        message.addNamed(
            stay(message),
            "encounter",
            Narratives.of(
                end.map(moment -> "Udskrevet til hjemmet " + moment.substring(0, 10))
                    .orElse("Indlagt"))));
    Provenance own = message.provenance(activity, sender);
    follows.ifPresent(
        earlier -> MessageBundle.follows(own, earlier, Provenance.ProvenanceEntityRole.REVISION));
    return message.finished();
  }

  private Encounter stay(MessageBundle message) {
    Encounter stay = new Encounter();
    stay.getMeta().addProfile(PROFILES + "hospitalNotification-encounter");
    stay.setStatus(status);
    stay.setClass_(new Coding().setSystem(Canonicals.ACT_CODE).setCode(stayClass));
    stay.setSubject(patient(message));
    stay.addEpisodeOfCare()
        .setIdentifier(
            new Identifier()
                .setSystem("https://sor2.sum.dsdn.dk/#id=" + sender.sor())
                .setValue("bd481c38-a921-11ed-afa1-0242ac120002"));
    stay.getPeriod().setStartElement(new DateTimeType("2026-10-05T09:00:00+02:00"));
    end.ifPresent(moment -> stay.getPeriod().setEndElement(new DateTimeType(moment)));
    stay.setServiceProvider(message.organization(sender));
    return stay;
  }

  private Reference patient(MessageBundle message) {
    Patient patient = CaseLetter.patient(citizen);
    patient
        .getMeta()
        .addProfile("http://medcomfhir.dk/ig/core/StructureDefinition/medcom-core-patient");
    if (dead) {
      patient.setDeceased(new BooleanType(true));
    }
    return message.addNamed(
        patient, "patient", Narratives.of("Borger: Elmer", "CPR: " + citizen.id()));
  }
}
