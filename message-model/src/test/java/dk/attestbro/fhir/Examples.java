package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;

/** One golden example per event, as docs/examples shows them. */
final class Examples {
  private static final Messages MESSAGES = Messages.GOLDEN;
  private static final Instant AT = Instant.parse("2026-10-26T08:00:00Z");
  private static final Party REQUESTER = SampleDirectory.ODENSE;
  private static final Party RESPONDER = SampleDirectory.MIDT;

  private Examples() {}

  /** The example of this event. */
  static Bundle of(EventCode event) {
    return switch (event) {
      case CERTIFICATE_REQUEST -> request();
      case CERTIFICATE_REPLY -> reply();
      case CERTIFICATE_INTERIM_REPLY -> interimReply();
      case CERTIFICATE_RETURNED ->
          Fhir.bundle(MESSAGES.returned(requestPayload(), MediaType.FHIR_JSON));
      case CERTIFICATE_REMINDER -> reminder();
      case CERTIFICATE_CANCELLATION ->
          Fhir.bundle(MESSAGES.cancellation(requestPayload(), MediaType.FHIR_JSON));
      case CLARIFICATION_QUESTION -> question();
      case CLARIFICATION_ANSWER -> answer();
      case CERTIFICATE_CORRECTION -> correction();
      case CERTIFICATE_RETRACTION -> retraction();
      case CERTIFICATE_FORWARDED -> forwarded();
      case CONSENT_WITHDRAWN -> consentWithdrawn();
      case FILED -> Fhir.bundle(MESSAGES.filed(replyPayload(), MediaType.FHIR_JSON));
      case DISCHARGE_NOTICE -> dischargeNotice();
      case MENTOR_OUTCOME -> mentorOutcome();
      case CARE_COMMUNICATION -> careCommunication();
      case HOSPITAL_NOTIFICATION -> hospitalNotification();
      case ACKNOWLEDGEMENT ->
          Fhir.bundle(
              MESSAGES.acknowledgement(
                  requestPayload(), AcknowledgementCode.OK, MediaType.FHIR_JSON));
    };
  }

  private static Payload requestPayload() {
    return MESSAGES.request(MediaType.FHIR_JSON);
  }

  private static Payload replyPayload() {
    return MESSAGES.reply(requestPayload(), MediaType.FHIR_JSON);
  }

  private static Bundle request() {
    return Fhir.bundle(requestPayload());
  }

  private static Bundle reply() {
    return Fhir.bundle(replyPayload());
  }

  private static Bundle interimReply() {
    CaseLetter letter =
        back(EventCode.CERTIFICATE_INTERIM_REPLY, request(), "reply-message")
            .status(Task.TaskStatus.INPROGRESS);
    letter.output("expected-by", new DateType("2026-11-16"));
    letter.output("text", "Lægen er på ferie; attesten ventes 14. december.");
    return letter.finished();
  }

  private static Bundle reminder() {
    CaseLetter letter =
        forward(EventCode.CERTIFICATE_REMINDER, request(), "reply-message")
            .status(Task.TaskStatus.REQUESTED);
    letter.input("reminder-kind", new CodeType("notice"));
    letter.input("text", "Fristen er om tre dage.");
    return letter.finished();
  }

  private static Bundle question() {
    CaseLetter letter =
        back(EventCode.CLARIFICATION_QUESTION, request(), "reply-message")
            .status(Task.TaskStatus.ONHOLD);
    letter.output("text", "Gælder spørgsmålet den nuværende arbejdsplads?");
    letter.output("link-id", "question.2");
    return letter.finished();
  }

  private static Bundle answer() {
    CaseLetter letter =
        forward(EventCode.CLARIFICATION_ANSWER, question(), "reply-message")
            .status(Task.TaskStatus.INPROGRESS);
    letter.input("text", "Ja, den nuværende arbejdsplads.");
    return letter.finished();
  }

  private static Bundle correction() {
    CaseLetter letter = back(EventCode.CERTIFICATE_CORRECTION, reply(), "modified-message");
    new ReplyWriter(Messages.FORMS).write(letter, Messages.replyContent());
    letter.output("corrects", Messages.fixed("letter/reply"));
    letter.task().getStatusReason().setText("Forkert bilag i det første svar.");
    return letter.finished();
  }

  private static Bundle retraction() {
    CaseLetter letter =
        CaseLetter.following(
                EventCode.CERTIFICATE_RETRACTION,
                envelope(EventCode.CERTIFICATE_RETRACTION, RESPONDER, REQUESTER),
                reply(),
                "retract-message",
                Provenance.ProvenanceEntityRole.REMOVAL)
            .status(Task.TaskStatus.INPROGRESS);
    letter.output("retracts", Messages.fixed("letter/reply"));
    letter.task().getStatusReason().setText("Svaret hørte til en anden sag.");
    return letter.finished();
  }

  private static Bundle forwarded() {
    CaseLetter letter =
        back(EventCode.CERTIFICATE_FORWARDED, request(), "forward-message")
            .status(Task.TaskStatus.INPROGRESS);
    letter.task().setOwner(letter.organization(SampleDirectory.SYD));
    letter.output("text", "Patienten er flyttet til Region Syddanmark.");
    return letter.finished();
  }

  private static Bundle consentWithdrawn() {
    CaseLetter letter =
        CaseLetter.following(
                EventCode.CONSENT_WITHDRAWN,
                envelope(EventCode.CONSENT_WITHDRAWN, REQUESTER, RESPONDER),
                request(),
                "retract-message",
                Provenance.ProvenanceEntityRole.REMOVAL)
            .status(Task.TaskStatus.CANCELLED);
    Consent consent = new Consent();
    consent.setStatus(Consent.ConsentState.INACTIVE);
    consent
        .getScope()
        .addCoding(new Coding().setSystem(Canonicals.CONSENT_SCOPE).setCode("patient-privacy"));
    consent.addCategory().addCoding(new Coding().setSystem(Canonicals.ACT_CODE).setCode("IDSCL"));
    consent.setPatient(letter.patient());
    consent.setDateTimeElement(new DateTimeType("2026-10-27"));
    consent
        .getPolicyRule()
        .addCoding(new Coding().setSystem(Canonicals.CONSENT_BASIS).setCode("RSL_11A"));
    letter.add(consent, "consent", "Samtykket er trukket tilbage 2026-10-27");
    letter.input("text", "Borgeren har trukket sit samtykke tilbage.");
    return letter.finished();
  }

  private static Bundle dischargeNotice() {
    CaseLetter letter =
        CaseLetter.first(
                EventCode.DISCHARGE_NOTICE,
                envelope(EventCode.DISCHARGE_NOTICE, RESPONDER, REQUESTER),
                Messages.citizen(),
                "new-message")
            .status(Task.TaskStatus.REQUESTED);
    Encounter encounter = new Encounter();
    encounter.setStatus(Encounter.EncounterStatus.INPROGRESS);
    encounter.setClass_(new Coding().setSystem(Canonicals.ACT_CODE).setCode("IMP"));
    encounter.setSubject(letter.patient());
    encounter.getPeriod().setEndElement(new DateTimeType("2026-11-06"));
    encounter.setServiceProvider(letter.organization(RESPONDER));
    letter.add(encounter, "encounter", "Indlagt; udskrives 2026-11-06");
    letter.person("Sygeplejerske Mads Mose", "+45 78 45 00 00", "");
    letter.input("text", "Patienten ønsker en udskrivningsmentor.");
    return letter.finished();
  }

  private static Bundle mentorOutcome() {
    CaseLetter letter =
        forward(EventCode.MENTOR_OUTCOME, dischargeNotice(), "reply-message")
            .status(Task.TaskStatus.COMPLETED);
    letter
        .task()
        .getBusinessStatus()
        .addCoding()
        .setSystem(Canonicals.codeSystem("mentor-outcome"))
        .setCode("OFFERED_ACCEPTED");
    letter.output("text", "Mentor er bevilget fra 1. december.");
    return letter.finished();
  }

  private static Bundle careCommunication() {
    return CareCommunicationWriter.bundle(
        new CareCommunicationDraft(
            letterId(EventCode.CARE_COMMUNICATION),
            bundleId(EventCode.CARE_COMMUNICATION),
            AT,
            REQUESTER,
            RESPONDER,
            UUID.fromString("0b2c1f6e-8a7d-4a3f-9c21-5f5d8f0f6b11"),
            Messages.citizen(),
            "psychiatry-social-disability",
            "Fælles møde",
            "Vi foreslår et fælles møde i uge 50.",
            new CareCommunicationDraft.Author("Signe", "Sand", "Sagsbehandler", "+4587654321"),
            List.of(new Attachment("Dagsorden", "application/pdf", Messages.PDF))));
  }

  private static Bundle hospitalNotification() {
    String base = "http://medcomfhir.dk/ig/hospitalnotification/StructureDefinition/medcom-";
    MessageBundle message =
        MessageBundle.medCom(
            letterId(EventCode.HOSPITAL_NOTIFICATION),
            bundleId(EventCode.HOSPITAL_NOTIFICATION),
            AT,
            base + "hospitalNotification-message",
            Canonicals.MESSAGING + "medcom-messaging-provenance",
            "https://medcomfhir.dk/ig/hospitalnotification");
    MessageHeader header =
        message.header(
            EventCode.HOSPITAL_NOTIFICATION,
            "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComHospitalNotificationMessageDefinition|3.0",
            RESPONDER,
            REQUESTER);
    header.getMeta().addProfile(base + "hospitalNotification-messageHeader");
    header.addExtension(base + "messaging-reportOfAdmissionExtension", new BooleanType(false));
    Patient patient = CaseLetter.patient(Messages.citizen());
    patient
        .getMeta()
        .addProfile("http://medcomfhir.dk/ig/core/StructureDefinition/medcom-core-patient");
    Reference subject =
        message.addNamed(patient, "patient", Narratives.of("Borger: Elmer", "CPR: 2509479989"));
    Encounter encounter = new Encounter();
    encounter.getMeta().addProfile(base + "hospitalNotification-encounter");
    encounter.setStatus(Encounter.EncounterStatus.FINISHED);
    encounter.setClass_(new Coding().setSystem(Canonicals.ACT_CODE).setCode("IMP"));
    encounter.setSubject(subject);
    encounter
        .addEpisodeOfCare()
        .setIdentifier(
            new Identifier()
                .setSystem("https://sor2.sum.dsdn.dk/#id=" + RESPONDER.sor())
                .setValue("bd481c38-a921-11ed-afa1-0242ac120002"));
    encounter.getPeriod().setStartElement(new DateTimeType("2026-10-05T09:00:00+02:00"));
    encounter.getPeriod().setEndElement(new DateTimeType("2026-10-26T09:00:00+01:00"));
    encounter.setServiceProvider(message.organization(RESPONDER));
    header.addFocus(
        message.addNamed(
            encounter, "encounter", Narratives.of("Udskrevet til hjemmet 2026-10-26")));
    message.provenance("discharge-inpatient-home", RESPONDER);
    return message.finished();
  }

  private static CaseLetter back(EventCode event, Bundle before, String activity) {
    return CaseLetter.following(
        event,
        envelope(event, RESPONDER, REQUESTER),
        before,
        activity,
        Provenance.ProvenanceEntityRole.REVISION);
  }

  private static CaseLetter forward(EventCode event, Bundle before, String activity) {
    return CaseLetter.following(
        event,
        envelope(event, REQUESTER, RESPONDER),
        before,
        activity,
        Provenance.ProvenanceEntityRole.REVISION);
  }

  private static CaseLetter.Envelope envelope(EventCode event, Party sender, Party receiver) {
    return new CaseLetter.Envelope(
        letterId(event),
        bundleId(event),
        AT.plus(Duration.ofDays(event.ordinal())),
        sender,
        receiver,
        MESSAGES.caseId());
  }

  private static LetterId letterId(EventCode event) {
    return new LetterId(Messages.fixed("letter/" + event.code()));
  }

  private static BundleId bundleId(EventCode event) {
    return new BundleId(Messages.fixed("bundle/" + event.code()));
  }
}
