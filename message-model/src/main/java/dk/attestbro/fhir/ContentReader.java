package dk.attestbro.fhir;

import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.Consent.Basis;
import dk.attestbro.model.Contact;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.OrganisationIds;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a case letter says out of its Bundle (docs/message-model.md sections 3 to 5). It reads
 * what is there and judges nothing.
 */
final class ContentReader {
  private ContentReader() {}

  /** The content of an event that we build; empty for every other event. */
  static Optional<LetterContent> read(Bundle bundle, EventCode event) {
    MessageParts parts = new MessageParts(bundle);
    return switch (event) {
      case CERTIFICATE_REQUEST -> Optional.of(new LetterContent.Request(request(parts)));
      case CERTIFICATE_REPLY -> Optional.of(new LetterContent.Reply(reply(parts)));
      case CERTIFICATE_RETURNED ->
          Optional.of(
              new LetterContent.Returned(
                  reason(parts, Canonicals.RETURN_REASON), statusText(parts)));
      case CERTIFICATE_CANCELLATION ->
          Optional.of(
              new LetterContent.Cancelled(
                  reason(parts, Canonicals.CANCELLATION_REASON), statusText(parts)));
      case FILED -> Optional.of(new LetterContent.Filed(output(parts, "reference")));
      case CERTIFICATE_INTERIM_REPLY ->
          Optional.of(
              new LetterContent.InterimReply(
                  outputs(parts, "expected-by").stream()
                      .flatMap(o -> day(o.getValue()).stream())
                      .findFirst(),
                  output(parts, "text")));
      case CERTIFICATE_REMINDER ->
          Optional.of(
              new LetterContent.Reminder(
                  inputs(parts, "reminder-kind").stream()
                      .map(i -> text(i.getValue().primitiveValue()))
                      .findFirst()
                      .orElse(""),
                  input(parts, "text")));
      case CLARIFICATION_QUESTION ->
          Optional.of(new LetterContent.Question(either(parts, "text"), either(parts, "link-id")));
      case CLARIFICATION_ANSWER ->
          Optional.of(new LetterContent.Clarification(either(parts, "text")));
      case CERTIFICATE_CORRECTION ->
          Optional.of(
              new LetterContent.Correction(
                  reply(parts), output(parts, "corrects"), statusText(parts)));
      case CERTIFICATE_RETRACTION ->
          Optional.of(
              new LetterContent.Retraction(
                  output(parts, "retracts"),
                  reason(parts, Canonicals.RETRACTION_REASON),
                  statusText(parts)));
      case CERTIFICATE_FORWARDED -> Optional.of(forwarded(parts));
      case CONSENT_WITHDRAWN ->
          Optional.of(
              new LetterContent.ConsentWithdrawn(
                  parts.first(Consent.class).flatMap(c -> date(c.getDateTimeElement())),
                  input(parts, "text")));
      case DISCHARGE_NOTICE -> Optional.of(notice(parts));
      case MENTOR_OUTCOME ->
          Optional.of(
              new LetterContent.MentorOutcome(
                  parts
                      .task()
                      .map(t -> code(t.getBusinessStatus(), Canonicals.MENTOR_OUTCOME))
                      .orElse(""),
                  output(parts, "text")));
      case CARE_COMMUNICATION, HOSPITAL_NOTIFICATION, ACKNOWLEDGEMENT -> Optional.empty();
    };
  }

  /** The form code that the Task names; empty text where there is none. */
  static String form(Bundle bundle) {
    return form(new MessageParts(bundle));
  }

  private static CertificateRequest request(MessageParts parts) {
    Optional<ServiceRequest> service = parts.first(ServiceRequest.class);
    List<String> questions = new ArrayList<>();
    for (Task.ParameterComponent input : inputs(parts, "question")) {
      questions.add(string(input.getValue()));
    }
    return new CertificateRequest(
        form(parts),
        parts.patient().flatMap(ContentReader::citizen),
        service
            .filter(ServiceRequest::hasReasonCode)
            .map(s -> text(s.getReasonCodeFirstRep().getText()))
            .orElse(""),
        questions,
        input(parts, "facts"),
        parts.first(Consent.class).flatMap(ContentReader::consent),
        service.flatMap(s -> contact(parts, s.getRequester())),
        input(parts, "reference"),
        parts
            .task()
            .filter(Task::hasRestriction)
            .flatMap(t -> date(t.getRestriction().getPeriod().getEndElement())),
        inputs(parts, "case-started").stream()
            .flatMap(i -> day(i.getValue()).stream())
            .findFirst());
  }

  private static String form(MessageParts parts) {
    return parts.task().map(t -> code(t.getCode(), Canonicals.FORM)).orElse("");
  }

  static Optional<Citizen> citizen(Patient patient) {
    List<Identifier> ids = MessageParts.citizenIds(patient);
    if (ids.size() != 1) {
      return Optional.empty();
    }
    Identifier id = ids.get(0);
    Citizen.IdKind kind =
        switch (text(id.getSystem())) {
          case CitizenRules.CPR_SYSTEM -> Citizen.IdKind.CPR;
          case CitizenRules.X_ECPR_SYSTEM -> Citizen.IdKind.X_ECPR;
          default -> Citizen.IdKind.D_ECPR;
        };
    HumanName name = officialName(patient);
    List<String> given = name.getGiven().stream().map(g -> text(g.getValue())).toList();
    return Optional.of(
        new Citizen(kind, text(id.getSystem()), id.getValue(), text(name.getFamily()), given));
  }

  private static HumanName officialName(Patient patient) {
    return patient.getName().stream()
        .filter(n -> n.getUse() == HumanName.NameUse.OFFICIAL)
        .findFirst()
        .orElseGet(() -> patient.hasName() ? patient.getNameFirstRep() : new HumanName());
  }

  private static Optional<dk.attestbro.model.Consent> consent(Consent consent) {
    String basis = code(consent.getPolicyRule(), Canonicals.CONSENT_BASIS);
    for (Basis known : Basis.values()) {
      if (known.name().equals(basis)) {
        return Optional.of(
            new dk.attestbro.model.Consent(
                known,
                date(consent.getDateTimeElement()),
                date(consent.getProvision().getPeriod().getEndElement()),
                text(consent.getScope().getText()),
                text(consent.getPolicyRule().getText())));
      }
    }
    return Optional.empty();
  }

  private static Optional<Contact> contact(MessageParts parts, Reference requester) {
    return parts
        .resolve(requester, PractitionerRole.class)
        .map(
            role ->
                new Contact(
                    parts
                        .resolve(role.getPractitioner(), Practitioner.class)
                        .map(ContentReader::name)
                        .orElse(""),
                    role.getTelecom().stream()
                        .filter(t -> t.getSystem() == ContactPoint.ContactPointSystem.PHONE)
                        .map(t -> text(t.getValue()))
                        .findFirst()
                        .orElse("")));
  }

  private static String name(Practitioner practitioner) {
    if (!practitioner.hasName()) {
      return "";
    }
    HumanName name = practitioner.getNameFirstRep();
    return name.hasText()
        ? name.getText()
        : (name.getGivenAsSingleString() + " " + text(name.getFamily())).strip();
  }

  private static CertificateReply reply(MessageParts parts) {
    Optional<QuestionnaireResponse> response = parts.first(QuestionnaireResponse.class);
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    response.ifPresent(r -> collect(r.getItem(), answers));
    Optional<Practitioner> author =
        response
            .flatMap(r -> parts.resolve(r.getAuthor(), PractitionerRole.class))
            .flatMap(role -> parts.resolve(role.getPractitioner(), Practitioner.class));
    boolean insufficient =
        outputs(parts, "insufficient-knowledge").stream()
            .anyMatch(
                o -> o.getValue() instanceof BooleanType b && Boolean.TRUE.equals(b.getValue()));
    return new CertificateReply(
        answers,
        insufficient,
        author.map(ContentReader::name).orElse(""),
        author.map(ContentReader::authorisationId).orElse(""),
        attachments(parts));
  }

  private static void collect(
      List<QuestionnaireResponse.QuestionnaireResponseItemComponent> items,
      Map<String, List<Answer>> into) {
    for (QuestionnaireResponse.QuestionnaireResponseItemComponent item : items) {
      List<Answer> answers = new ArrayList<>();
      item.getAnswer().forEach(a -> answers.add(answer(a.getValue())));
      if (!answers.isEmpty()) {
        into.merge(
            text(item.getLinkId()),
            answers,
            (before, more) -> {
              List<Answer> both = new ArrayList<>(before);
              both.addAll(more);
              return both;
            });
      }
      collect(item.getItem(), into);
      item.getAnswer().forEach(a -> collect(a.getItem(), into));
    }
  }

  /** A value of a type that no form uses reads as a code of no system, which no question takes. */
  private static Answer answer(Type value) {
    if (value instanceof StringType text) {
      return new Answer.TextAnswer(text(text.getValue()));
    } else if (value instanceof IntegerType number && number.getValue() != null) {
      return new Answer.NumberAnswer(BigDecimal.valueOf(number.getValue()));
    } else if (value instanceof DecimalType number && number.getValue() != null) {
      return new Answer.NumberAnswer(number.getValue());
    } else if (value instanceof BooleanType bool && bool.getValue() != null) {
      return new Answer.BooleanAnswer(bool.booleanValue());
    } else if (value instanceof DateType day && date(day).isPresent()) {
      return new Answer.DateAnswer(date(day).get());
    } else if (value instanceof Coding coding) {
      return new Answer.CodeAnswer(text(coding.getSystem()), text(coding.getCode()));
    }
    return new Answer.CodeAnswer("", "");
  }

  private static String authorisationId(Practitioner practitioner) {
    return practitioner.getIdentifier().stream()
        .filter(i -> Canonicals.AUTHORISATION.equals(i.getSystem()))
        .map(i -> text(i.getValue()))
        .findFirst()
        .orElse("");
  }

  private static List<Attachment> attachments(MessageParts parts) {
    List<Attachment> attachments = new ArrayList<>();
    for (DocumentReference document : parts.all(DocumentReference.class)) {
      for (DocumentReference.DocumentReferenceContentComponent content : document.getContent()) {
        org.hl7.fhir.r4.model.Attachment attachment = content.getAttachment();
        byte[] data =
            attachment.hasData()
                ? attachment.getData()
                : binary(parts, attachment)
                    .filter(Binary::hasData)
                    .map(Binary::getData)
                    .orElse(new byte[0]);
        attachments.add(
            new Attachment(text(attachment.getTitle()), text(attachment.getContentType()), data));
      }
    }
    return attachments;
  }

  static Optional<Binary> binary(MessageParts parts, org.hl7.fhir.r4.model.Attachment attachment) {
    return parts.resolve(new Reference(text(attachment.getUrl())), Binary.class);
  }

  private static LetterContent.Forwarded forwarded(MessageParts parts) {
    Optional<Organization> owner =
        parts.task().flatMap(t -> parts.resolve(t.getOwner(), Organization.class));
    return new LetterContent.Forwarded(
        new OrganisationIds(
            owner.map(MessageParts::sor).orElse(""),
            owner.map(MessageParts::gln).orElse(""),
            owner.map(parts::path).orElseGet(() -> ContentPaths.task(parts) + ".owner")),
        owner.map(o -> text(o.getName())).orElse(""),
        output(parts, "text"));
  }

  private static LetterContent.DischargeNotice notice(MessageParts parts) {
    Optional<Encounter> encounter = parts.first(Encounter.class);
    return new LetterContent.DischargeNotice(
        parts.patient().flatMap(ContentReader::citizen),
        encounter.flatMap(e -> date(e.getPeriod().getEndElement())),
        encounter.map(e -> unit(parts, e)).orElse(""),
        encounter.flatMap(e -> contact(parts, MessageParts.person(e))),
        input(parts, "text"));
  }

  /** The unit by its own name; where none is given, the organisation that has the patient. */
  private static String unit(MessageParts parts, Encounter encounter) {
    return encounter.getLocation().stream()
        .map(l -> text(l.getLocation().getDisplay()))
        .filter(unit -> !unit.isBlank())
        .findFirst()
        .or(
            () ->
                parts
                    .resolve(encounter.getServiceProvider(), Organization.class)
                    .map(o -> text(o.getName())))
        .orElse("");
  }

  private static String reason(MessageParts parts, String system) {
    return parts.task().map(t -> code(t.getStatusReason(), system)).orElse("");
  }

  private static String statusText(MessageParts parts) {
    return parts.task().map(t -> text(t.getStatusReason().getText())).orElse("");
  }

  private static String input(MessageParts parts, String type) {
    return inputs(parts, type).stream().map(i -> string(i.getValue())).findFirst().orElse("");
  }

  private static List<Task.ParameterComponent> inputs(MessageParts parts, String type) {
    return parts
        .task()
        .map(t -> t.getInput().stream().filter(i -> isType(i.getType(), type)).toList())
        .orElse(List.of());
  }

  private static String output(MessageParts parts, String type) {
    return outputs(parts, type).stream().map(o -> string(o.getValue())).findFirst().orElse("");
  }

  private static List<Task.TaskOutputComponent> outputs(MessageParts parts, String type) {
    return parts
        .task()
        .map(t -> t.getOutput().stream().filter(o -> isType(o.getType(), type)).toList())
        .orElse(List.of());
  }

  /** What the requester gives is input, what the responder gives is output. */
  private static String either(MessageParts parts, String type) {
    String given = input(parts, type);
    return given.isEmpty() ? output(parts, type) : given;
  }

  static boolean isType(CodeableConcept concept, String type) {
    return concept.getCoding().stream()
        .anyMatch(c -> Canonicals.TASK_PARAMETER.equals(c.getSystem()) && type.equals(c.getCode()));
  }

  private static String code(CodeableConcept concept, String system) {
    return concept.getCoding().stream()
        .filter(c -> system.equals(c.getSystem()))
        .map(c -> text(c.getCode()))
        .findFirst()
        .orElse("");
  }

  /** The day of a date or of a moment in Copenhagen; empty where no whole day is named. */
  static Optional<LocalDate> date(BaseDateTimeType value) {
    String written = text(value.getValueAsString());
    // HAPI keeps what is no date as text, without a value.
    if (written.length() < 10 || value.getValue() == null) {
      return Optional.empty();
    }
    if (written.length() > 10) {
      return Optional.of(value.getValue().toInstant().atZone(DeadlineRule.ZONE).toLocalDate());
    }
    try {
      return Optional.of(LocalDate.parse(written));
    } catch (DateTimeParseException notADay) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> day(Type value) {
    return value instanceof BaseDateTimeType day ? date(day) : Optional.empty();
  }

  private static String string(Type value) {
    return value instanceof StringType text ? text(text.getValue()) : "";
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
