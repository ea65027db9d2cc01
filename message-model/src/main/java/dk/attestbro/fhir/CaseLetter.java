package dk.attestbro.fhir;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
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
  private final LetterDraft draft;
  private final Reference patient;
  private final Task task;

  private CaseLetter(MessageBundle message, LetterDraft draft, Reference patient, Task task) {
    this.message = message;
    this.draft = draft;
    this.patient = patient;
    this.task = task;
  }

  /** The letter that opens a case. */
  static CaseLetter first(LetterDraft draft, Citizen citizen, String activity) {
    MessageBundle message = message(draft);
    CaseLetter letter = about(patient(citizen), message, draft);
    provenance(message, draft, activity, Provenance.ProvenanceEntityRole.REVISION);
    return letter;
  }

  /** A later letter of the case, which revises nothing but its state. */
  static CaseLetter following(LetterDraft draft, String activity) {
    return following(draft, activity, Provenance.ProvenanceEntityRole.REVISION);
  }

  /**
   * A later letter of the case: citizen, form and chain are those of the letter before.
   *
   * @throws IllegalArgumentException where there is no letter before, or it has no Patient
   */
  static CaseLetter following(
      LetterDraft draft, String activity, Provenance.ProvenanceEntityRole role) {
    MessageParts previous = before(draft);
    MessageBundle message = message(draft);
    CaseLetter letter = about(identityOf(required(previous.patient(), "Patient")), message, draft);
    previous
        .task()
        .filter(Task::hasCode)
        .ifPresent(before -> letter.task.setCode(before.getCode().copy()));
    provenance(message, draft, activity, role);
    return letter;
  }

  private static CaseLetter about(Patient citizen, MessageBundle message, LetterDraft draft) {
    Task task = addTask(message, draft);
    Reference patient = addPatient(message, citizen);
    task.setFor(patient.copy());
    return new CaseLetter(message, draft, patient, task);
  }

  /** The letter that the draft follows. */
  static MessageParts before(LetterDraft draft) {
    return new MessageParts(
        Fhir.bundle(
            draft
                .previous()
                .orElseThrow(() -> new IllegalArgumentException("no letter before this one"))));
  }

  static MessageBundle message(LetterDraft draft) {
    return MessageBundle.ours(
        draft.letterId(), draft.bundleId(), draft.at(), draft.content().event());
  }

  /** The chain of the letter before, and this letter's own link. */
  static void provenance(
      MessageBundle message,
      LetterDraft draft,
      String activity,
      Provenance.ProvenanceEntityRole role) {
    Optional<MessageParts> previous = draft.previous().map(Fhir::bundle).map(MessageParts::new);
    previous.ifPresent(
        parts -> parts.provenances().forEach(earlier -> message.copy(earlier, parts)));
    Provenance own = message.provenance(activity, draft.sender());
    draft.agent().ifPresent(agent -> own.addAgent().setWho(message.organization(agent)));
    draft.previous().ifPresent(before -> MessageBundle.follows(own, before.letterId(), role));
  }

  private static <T> T required(Optional<T> part, String name) {
    return part.orElseThrow(() -> new IllegalArgumentException("the letter before has no " + name));
  }

  /** The header and the Task that it is about. */
  private static Task addTask(MessageBundle message, LetterDraft draft) {
    EventCode event = draft.content().event();
    MessageHeader header =
        message.header(event, Canonicals.definition(event), draft.sender(), draft.receiver());
    Task task = new Task();
    task.addIdentifier(new Identifier().setSystem(CaseId.SYSTEM).setValue(draft.caseId().urn()));
    task.setIntent(Task.TaskIntent.ORDER);
    Party asked = draft.fromRequester() ? draft.receiver() : draft.sender();
    Party asks = draft.fromRequester() ? draft.sender() : draft.receiver();
    task.setRequester(message.organization(asks));
    task.setOwner(message.organization(asked));
    task.setAuthoredOnElement(message.now());
    header.addFocus(
        message.addNamed(
            task, "task", Narratives.of("Sag: " + draft.caseId(), "Hændelse: " + event.code())));
    return task;
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
    return draft.sender();
  }

  Reference organization(Party party) {
    return message.organization(party);
  }

  /** The Organization of these ids, added once. */
  Reference organization(OrganisationIds ids, String name) {
    Organization organization = new Organization();
    organization.addIdentifier(new Identifier().setSystem(Canonicals.SOR).setValue(ids.sor()));
    organization.addIdentifier(new Identifier().setSystem(Canonicals.GLN).setValue(ids.gln()));
    if (!name.isBlank()) {
      organization.setName(name);
    }
    return message.organization(organization);
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

  /** An input where the sender is the requester, an output where it is the responder. */
  void parameter(String type, String text) {
    if (draft.fromRequester()) {
      input(type, text);
    } else {
      output(type, text);
    }
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
    role.setOrganization(message.organization(sender()));
    if (!phone.isBlank()) {
      role.addTelecom().setSystem(ContactPoint.ContactPointSystem.PHONE).setValue(phone);
    }
    return add(
        role,
        "practitioner-role",
        name + ", " + sender().name(),
        phone.isBlank() ? "" : "Telefon: " + phone);
  }

  private static CodeableConcept parameter(String type) {
    return new CodeableConcept(new Coding().setSystem(Canonicals.TASK_PARAMETER).setCode(type));
  }
}
