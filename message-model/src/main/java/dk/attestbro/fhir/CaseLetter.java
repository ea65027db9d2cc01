package dk.attestbro.fhir;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.Party;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;

/**
 * What every case letter has in common (docs/message-model.md sections 1 and 2): header, parties,
 * Patient, Task and Provenance chain. Each event adds what is its own.
 */
final class CaseLetter {
  private final MessageBundle message;
  private final Party sender;
  private final Reference patient;
  private final Task task;

  private CaseLetter(MessageBundle message, Party sender, Reference patient, Task task) {
    this.message = message;
    this.sender = sender;
    this.patient = patient;
    this.task = task;
  }

  /** The ids, parties and time that a letter is made with. */
  record Envelope(
      LetterId letterId,
      BundleId bundleId,
      Instant at,
      Party sender,
      Party receiver,
      CaseId caseId) {
    static Envelope of(LetterDraft draft) {
      return new Envelope(
          draft.letterId(),
          draft.bundleId(),
          draft.at(),
          draft.sender(),
          draft.receiver(),
          draft.caseId());
    }
  }

  /** The first letter of a case: its sender is the requester. */
  static CaseLetter first(EventCode event, Envelope envelope, Citizen citizen, String activity) {
    MessageBundle message =
        MessageBundle.ours(envelope.letterId(), envelope.bundleId(), envelope.at(), event);
    Task task = new Task();
    message
        .header(event, Canonicals.definition(event), envelope.sender(), envelope.receiver())
        .addFocus(addTask(message, task, event, envelope));
    Reference patient = addPatient(message, patient(citizen));
    task.setFor(patient.copy());
    task.setRequester(message.organization(envelope.sender()));
    task.setOwner(message.organization(envelope.receiver()));
    message.provenance(activity, envelope.sender());
    return new CaseLetter(message, envelope.sender(), patient, task);
  }

  /**
   * A later letter of the case: citizen, form, roles and chain are those of the letter before.
   *
   * @throws IllegalArgumentException where the letter before has no header, Task or Patient
   */
  static CaseLetter following(
      EventCode event,
      Envelope envelope,
      Bundle before,
      String activity,
      Provenance.ProvenanceEntityRole role) {
    MessageParts previous = new MessageParts(before);
    LetterId previousId =
        new LetterId(required(previous.header(), "header").getIdElement().getIdPart());
    Task previousTask = required(previous.task(), "Task");
    MessageBundle message =
        MessageBundle.ours(envelope.letterId(), envelope.bundleId(), envelope.at(), event);
    Task task = new Task();
    message
        .header(event, Canonicals.definition(event), envelope.sender(), envelope.receiver())
        .addFocus(addTask(message, task, event, envelope));
    Reference patient = addPatient(message, identityOf(required(previous.patient(), "Patient")));
    task.setFor(patient.copy());
    if (previousTask.hasCode()) {
      task.setCode(previousTask.getCode().copy());
    }
    task.setRequester(role(previous, previousTask.getRequester(), message, envelope.sender()));
    task.setOwner(role(previous, previousTask.getOwner(), message, envelope.receiver()));
    previous.provenances().forEach(earlier -> message.copy(earlier, previous));
    Provenance own = message.provenance(activity, envelope.sender());
    MessageBundle.follows(own, previousId, role);
    return new CaseLetter(message, envelope.sender(), patient, task);
  }

  private static <T> T required(Optional<T> part, String name) {
    return part.orElseThrow(() -> new IllegalArgumentException("the letter before has no " + name));
  }

  private static Reference role(
      MessageParts previous, Reference who, MessageBundle message, Party otherwise) {
    return previous
        .resolve(who, Organization.class)
        .map(message::organization)
        .orElseGet(() -> message.organization(otherwise));
  }

  private static Reference addTask(
      MessageBundle message, Task task, EventCode event, Envelope envelope) {
    task.addIdentifier(new Identifier().setSystem(CaseId.SYSTEM).setValue(envelope.caseId().urn()));
    task.setIntent(Task.TaskIntent.ORDER);
    task.setAuthoredOnElement(message.now());
    return message.addNamed(
        task, "task", Narratives.of("Sag: " + envelope.caseId(), "Hændelse: " + event.code()));
  }

  private static Reference addPatient(MessageBundle message, Patient patient) {
    HumanName name = patient.getNameFirstRep();
    return message.addNamed(
        patient,
        "patient",
        Narratives.of(
            "Borger: " + name.getGivenAsSingleString() + " " + name.getFamily(),
            "Id: " + patient.getIdentifierFirstRep().getValue()));
  }

  static Patient patient(Citizen citizen) {
    Patient patient = new Patient();
    Identifier id = patient.addIdentifier().setSystem(citizen.idSystem()).setValue(citizen.id());
    id.setUse(
        citizen.idKind() == Citizen.IdKind.CPR
            ? Identifier.IdentifierUse.OFFICIAL
            : Identifier.IdentifierUse.TEMP);
    HumanName name =
        patient.addName().setUse(HumanName.NameUse.OFFICIAL).setFamily(citizen.family());
    citizen.given().forEach(name::addGiven);
    return patient;
  }

  private static Patient identityOf(Patient other) {
    Patient patient = new Patient();
    other.getIdentifier().forEach(id -> patient.addIdentifier(id.copy()));
    other.getName().forEach(name -> patient.addName(name.copy()));
    return patient;
  }

  Bundle finished() {
    return message.finished();
  }

  Reference patient() {
    return patient.copy();
  }

  Task task() {
    return task;
  }

  Party sender() {
    return sender;
  }

  Reference organization(Party party) {
    return message.organization(party);
  }

  DateTimeType now() {
    return message.now();
  }

  Reference add(Resource resource, String name, String... narrative) {
    return message.addNamed(resource, name, Narratives.of(narrative));
  }

  CaseLetter status(Task.TaskStatus status) {
    task.setStatus(status);
    return this;
  }

  void form(Form form) {
    task.getCode().addCoding(formCoding(form));
  }

  static Coding formCoding(Form form) {
    return new Coding().setSystem(Canonicals.FORM).setCode(form.id()).setDisplay(form.code());
  }

  /** An input of the Task, unless the text is blank. */
  void input(String type, String text) {
    if (!text.isBlank()) {
      input(type, new StringType(text));
    }
  }

  void input(String type, Type value) {
    task.addInput().setType(parameter(type)).setValue(value);
  }

  /** An output of the Task, unless the text is blank. */
  void output(String type, String text) {
    if (!text.isBlank()) {
      output(type, new StringType(text));
    }
  }

  void output(String type, Type value) {
    task.addOutput().setType(parameter(type)).setValue(value);
  }

  /** Why the Task has its status: a code, and a text unless it is blank. */
  void reason(String system, String code, String text) {
    task.getStatusReason().addCoding().setSystem(system).setCode(code);
    if (!text.isBlank()) {
      task.getStatusReason().setText(text);
    }
  }

  /** A person of the sender: Practitioner and PractitionerRole; the role's reference. */
  Reference person(String name, String phone, String authorisationId) {
    Practitioner practitioner = new Practitioner();
    practitioner.addName().setText(name);
    if (!authorisationId.isBlank()) {
      practitioner.addIdentifier().setSystem(Canonicals.AUTHORISATION).setValue(authorisationId);
    }
    Reference person =
        add(
            practitioner,
            "practitioner",
            "Navn: " + name,
            authorisationId.isBlank() ? "" : "Autorisations-id: " + authorisationId);
    PractitionerRole role = new PractitionerRole();
    role.setPractitioner(person);
    role.setOrganization(message.organization(sender));
    if (!phone.isBlank()) {
      role.addTelecom().setSystem(ContactPoint.ContactPointSystem.PHONE).setValue(phone);
    }
    return add(
        role,
        "practitioner-role",
        name + ", " + sender.name(),
        phone.isBlank() ? "" : "Telefon: " + phone);
  }

  private static CodeableConcept parameter(String type) {
    return new CodeableConcept(new Coding().setSystem(Canonicals.TASK_PARAMETER).setCode(type));
  }
}
