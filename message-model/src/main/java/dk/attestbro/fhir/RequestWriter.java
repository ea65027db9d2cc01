package dk.attestbro.fhir;

import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Contact;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterDraft;
import java.time.LocalDate;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/** Writes a certificate request (docs/message-model.md section 4). */
final class RequestWriter {
  private final Forms forms;

  RequestWriter(Forms forms) {
    this.forms = forms;
  }

  Bundle write(LetterDraft draft, CertificateRequest request) {
    Form form =
        forms
            .find(request.form())
            .orElseThrow(() -> new IllegalArgumentException("the form is unknown"));
    CaseLetter letter =
        CaseLetter.first(draft, required(request.citizen(), "citizen"), "new-message");
    letter.status(Task.TaskStatus.REQUESTED).form(form);
    for (String question : request.questions()) {
      letter.input("question", question);
    }
    letter.input("facts", request.facts());
    letter.input("reference", request.reference());
    request
        .caseStartedOn()
        .ifPresent(day -> letter.input("case-started", new DateType(day.toString())));
    request
        .wishedBy()
        .ifPresent(day -> letter.task().getRestriction().getPeriod().setEndElement(dateTime(day)));
    Reference consent = consent(letter, required(request.consent(), "consent"));
    letter.task().setFocus(service(draft, letter, request, form, consent));
    return letter.finished();
  }

  private static Reference service(
      LetterDraft draft,
      CaseLetter letter,
      CertificateRequest request,
      Form form,
      Reference consent) {
    Contact contact = required(request.contact(), "contact");
    ServiceRequest service = new ServiceRequest();
    service.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
    service.setIntent(ServiceRequest.ServiceRequestIntent.ORDER);
    service.getCode().addCoding(CaseLetter.formCoding(form));
    service.setSubject(letter.patient());
    service.setAuthoredOnElement(letter.now());
    service.setRequester(letter.person(contact.name(), contact.phone(), ""));
    service.addPerformer(letter.organization(draft.receiver()));
    service.addReasonCode().setText(request.purpose());
    service.addSupportingInfo(consent);
    return letter.add(
        service,
        "service-request",
        "Anmodning om " + form.code() + " " + form.title().da(),
        "Formål: " + request.purpose(),
        numbered(request),
        request.facts().isBlank() ? "" : "Sagen har allerede: " + request.facts());
  }

  private static String numbered(CertificateRequest request) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < request.questions().size(); i++) {
      text.append(i == 0 ? "" : "\n")
          .append("Spørgsmål ")
          .append(i + 1)
          .append(": ")
          .append(request.questions().get(i));
    }
    return text.toString();
  }

  private static Reference consent(CaseLetter letter, dk.attestbro.model.Consent given) {
    Consent consent = new Consent();
    consent.setStatus(Consent.ConsentState.ACTIVE);
    consent
        .getScope()
        .addCoding(new Coding().setSystem(Canonicals.CONSENT_SCOPE).setCode("patient-privacy"));
    if (!given.scope().isBlank()) {
      consent.getScope().setText(given.scope());
    }
    consent.addCategory().addCoding(new Coding().setSystem(Canonicals.ACT_CODE).setCode("IDSCL"));
    consent.setPatient(letter.patient());
    given.givenAt().ifPresent(day -> consent.setDateTimeElement(dateTime(day)));
    consent
        .getPolicyRule()
        .addCoding(new Coding().setSystem(Canonicals.CONSENT_BASIS).setCode(given.basis().name()));
    if (!given.justification().isBlank()) {
      consent.getPolicyRule().setText(given.justification());
    }
    consent.getProvision().setType(Consent.ConsentProvisionType.PERMIT);
    given
        .validUntil()
        .ifPresent(day -> consent.getProvision().getPeriod().setEndElement(dateTime(day)));
    return letter.add(
        consent,
        "consent",
        "Hjemmel: " + given.basis(),
        given.givenAt().map(day -> "Samtykke givet: " + day).orElse(""),
        given.validUntil().map(day -> "Gælder til og med: " + day).orElse(""),
        given.scope().isBlank() ? "" : "Omfang: " + given.scope(),
        given.justification().isBlank() ? "" : "Begrundelse: " + given.justification());
  }

  private static DateTimeType dateTime(LocalDate day) {
    return new DateTimeType(day.toString());
  }

  private static <T> T required(Optional<T> part, String name) {
    return part.orElseThrow(() -> new IllegalArgumentException("the request has no " + name));
  }
}
