package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Contact;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;

/** One golden example per event, as docs/examples shows them. */
final class Examples {
  private static final Messages MESSAGES = Messages.GOLDEN;

  /** The day on which the consent of the request ends: until then every example is valid. */
  static final LocalDate TRIED_UNTIL = LocalDate.of(2027, 10, 5);

  private static final Instant AT = Instant.parse("2026-10-26T08:00:00Z");
  private static final Party REQUESTER = SampleDirectory.ODENSE;
  private static final Party RESPONDER = SampleDirectory.MIDT;

  private Examples() {}

  /** The example of this event. */
  static Bundle of(EventCode event) {
    return switch (event) {
      case CARE_COMMUNICATION -> careCommunication();
      case HOSPITAL_NOTIFICATION -> hospitalNotification();
      default -> Fhir.bundle(payload(event));
    };
  }

  private static Payload payload(EventCode event) {
    return switch (event) {
      case CERTIFICATE_REQUEST -> requestPayload();
      case CERTIFICATE_REPLY -> replyPayload();
      case CERTIFICATE_INTERIM_REPLY -> interimReply();
      case CERTIFICATE_RETURNED -> MESSAGES.returned(requestPayload(), MediaType.FHIR_JSON);
      case CERTIFICATE_REMINDER -> reminder();
      case CERTIFICATE_CANCELLATION -> MESSAGES.cancellation(requestPayload(), MediaType.FHIR_JSON);
      case CLARIFICATION_QUESTION -> question();
      case CLARIFICATION_ANSWER -> answer();
      case CERTIFICATE_CORRECTION -> correction();
      case CERTIFICATE_RETRACTION -> retraction();
      case CERTIFICATE_FORWARDED -> forwarded();
      case CONSENT_WITHDRAWN -> consentWithdrawn();
      case FILED -> MESSAGES.filed(replyPayload(), MediaType.FHIR_JSON);
      case DISCHARGE_NOTICE -> dischargeNotice();
      case MENTOR_OUTCOME -> mentorOutcome();
      case ACKNOWLEDGEMENT ->
          MESSAGES.acknowledgement(requestPayload(), AcknowledgementCode.OK, MediaType.FHIR_JSON);
      case CARE_COMMUNICATION, HOSPITAL_NOTIFICATION ->
          throw new IllegalArgumentException("not made by our writer: " + event);
    };
  }

  private static Payload requestPayload() {
    return MESSAGES.request(MediaType.FHIR_JSON);
  }

  private static Payload replyPayload() {
    return MESSAGES.reply(requestPayload(), MediaType.FHIR_JSON);
  }

  private static Payload interimReply() {
    return back(
        new LetterContent.InterimReply(
            Optional.of(TRIED_UNTIL), "Lægen er på orlov; attesten ventes 5. oktober 2027."),
        requestPayload());
  }

  private static Payload reminder() {
    return forward(
        new LetterContent.Reminder(LetterContent.Reminder.NOTICE, "Fristen er om tre dage."),
        requestPayload());
  }

  private static Payload question() {
    return back(
        new LetterContent.Question("Gælder spørgsmålet den nuværende arbejdsplads?", "question.2"),
        requestPayload());
  }

  private static Payload answer() {
    return forward(new LetterContent.Clarification("Ja, den nuværende arbejdsplads."), question());
  }

  private static Payload correction() {
    return back(
        new LetterContent.Correction(
            Messages.replyContent(),
            Messages.fixed("letter/reply"),
            "Forkert bilag i det første svar."),
        replyPayload());
  }

  private static Payload retraction() {
    return back(
        new LetterContent.Retraction(
            Messages.fixed("letter/reply"), "WRONG_CPR", "Svaret hørte til en anden borger."),
        replyPayload());
  }

  private static Payload forwarded() {
    return back(
        new LetterContent.Forwarded(
            new OrganisationIds(SampleDirectory.SYD.sor(), SampleDirectory.SYD.gln(), ""),
            SampleDirectory.SYD.name(),
            "Patienten er flyttet til Region Syddanmark."),
        requestPayload());
  }

  private static Payload consentWithdrawn() {
    return forward(
        new LetterContent.ConsentWithdrawn(
            Optional.of(LocalDate.of(2026, 10, 27)), "Borgeren har trukket sit samtykke tilbage."),
        requestPayload());
  }

  private static Payload dischargeNotice() {
    return letter(
        new LetterContent.DischargeNotice(
            Optional.of(Messages.citizen()),
            Optional.of(LocalDate.of(2026, 11, 20)),
            "Psykiatrisk Afdeling Viborg, sengeafsnit P3",
            Optional.of(new Contact("Sygeplejerske Mads Mose", "+45 78 45 00 00")),
            "Patienten ønsker en udskrivningsmentor."),
        RESPONDER,
        REQUESTER,
        Optional.empty());
  }

  private static Payload mentorOutcome() {
    return forward(
        new LetterContent.MentorOutcome("OFFERED_ACCEPTED", "Mentor er bevilget fra 1. december."),
        dischargeNotice());
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
    return new HospitalNotification(
            letterId(EventCode.HOSPITAL_NOTIFICATION),
            bundleId(EventCode.HOSPITAL_NOTIFICATION),
            AT,
            RESPONDER,
            REQUESTER,
            Messages.citizen(),
            "discharge-inpatient-home",
            Encounter.EncounterStatus.FINISHED,
            "IMP",
            Optional.of("2026-10-26T09:00:00+01:00"),
            Optional.empty(),
            false)
        .bundle();
  }

  private static Payload back(LetterContent content, Payload before) {
    return letter(content, RESPONDER, REQUESTER, Optional.of(before));
  }

  private static Payload forward(LetterContent content, Payload before) {
    return letter(content, REQUESTER, RESPONDER, Optional.of(before));
  }

  private static Payload letter(
      LetterContent content, Party sender, Party receiver, Optional<Payload> before) {
    EventCode event = content.event();
    return Messages.WRITER.letter(
        new LetterDraft(
            letterId(event),
            bundleId(event),
            AT.plus(Duration.ofDays(event.ordinal())),
            sender,
            receiver,
            Messages.isFromRequester(event, sender, REQUESTER),
            caseOf(content),
            content,
            before.map(Messages.READER::read),
            Optional.empty()),
        MediaType.FHIR_JSON);
  }

  /** A discharge is another case than the certificate's. */
  private static CaseId caseOf(LetterContent content) {
    return content instanceof LetterContent.DischargeNotice
            || content instanceof LetterContent.MentorOutcome
        ? new CaseId(UUID.fromString(Messages.fixed("case/discharge")))
        : MESSAGES.caseId();
  }

  private static LetterId letterId(EventCode event) {
    return new LetterId(Messages.fixed("letter/" + event.code()));
  }

  private static BundleId bundleId(EventCode event) {
    return new BundleId(Messages.fixed("bundle/" + event.code()));
  }
}
