package dk.attestbro.fhir;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.HospitalDischarge;
import dk.attestbro.model.LetterId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/**
 * Reads the end of a stay out of a HospitalNotification, by MedCom's overview of its codes
 * (HospitalNotification 3, SLHJ, RE_SLHJ and AN_SLHJ): class, status and end of the Encounter, the
 * activity of the Provenance, and whether the patient lives.
 */
final class HospitalDischargeReader {
  private static final String INPATIENT = "IMP";
  private static final List<String> TOLD =
      List.of("discharge-inpatient-home", "revise-discharge-inpatient-home");
  private static final String CANCELLED = "cancel-discharge-inpatient-home";
  private static final String HEADER = "MessageHeader/";

  private HospitalDischargeReader() {}

  /** What it says of a discharge; empty for any other event, and where it says nothing whole. */
  static Optional<HospitalDischarge> read(FhirMessageReading message) {
    if (message.event().filter(EventCode.HOSPITAL_NOTIFICATION::equals).isEmpty()) {
      return Optional.empty();
    }
    Optional<Patient> patient = message.all(Patient.class).findFirst();
    Optional<Encounter> stay = stay(message);
    Optional<Provenance> own = message.ownProvenances().findFirst();
    if (patient.filter(HospitalDischargeReader::lives).isEmpty()
        || stay.isEmpty()
        || own.isEmpty()) {
      return Optional.empty();
    }
    String activity = activity(own.get());
    boolean finished = stay.get().getStatus() == Encounter.EncounterStatus.FINISHED;
    if (finished && TOLD.contains(activity)) {
      return told(patient.get(), stay.get(), follows(own.get()));
    }
    return !finished && CANCELLED.equals(activity)
        ? Optional.of(new HospitalDischarge.Cancelled(follows(own.get())))
        : Optional.empty();
  }

  private static Optional<HospitalDischarge> told(
      Patient patient, Encounter stay, Optional<LetterId> follows) {
    Optional<LocalDate> date = ContentReader.date(stay.getPeriod().getEndElement());
    return ContentReader.citizen(patient)
        .flatMap(citizen -> date.map(day -> new HospitalDischarge.Told(citizen, day, follows)));
  }

  /** The stay of an inpatient that the message is about. */
  private static Optional<Encounter> stay(FhirMessageReading message) {
    return message.header().getFocus().stream()
        .flatMap(focus -> message.resolve(focus).stream())
        .filter(Encounter.class::isInstance)
        .map(Encounter.class::cast)
        .filter(stay -> Canonicals.ACT_CODE.equals(stay.getClass_().getSystem()))
        .filter(stay -> INPATIENT.equals(stay.getClass_().getCode()))
        .findFirst();
  }

  private static boolean lives(Patient patient) {
    return !patient.hasDeceased()
        || (patient.getDeceased() instanceof BooleanType dead && !dead.booleanValue());
  }

  private static String activity(Provenance own) {
    return own.getActivity().getCoding().stream()
        .filter(coding -> Canonicals.ACTIVITY.equals(coding.getSystem()))
        .map(Coding::getCode)
        .map(FhirMessageReading::text)
        .findFirst()
        .orElse("");
  }

  private static Optional<LetterId> follows(Provenance own) {
    return own.getEntity().stream()
        .map(Provenance.ProvenanceEntityComponent::getWhat)
        .map(Reference::getReference)
        .map(FhirMessageReading::text)
        .filter(reference -> reference.contains(HEADER))
        .map(reference -> reference.substring(reference.indexOf(HEADER) + HEADER.length()))
        .flatMap(id -> FhirMessageReading.ifValid(id, LetterId::new).stream())
        .findFirst();
  }
}
