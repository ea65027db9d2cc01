package dk.attestbro.gateway.api;

import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.RefusalReason;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads letters from plain JSON. What is absent stays absent and what has the right type is passed
 * on: whether it will do is the journey's to say.
 */
final class PlainContent {
  private static final int MOST_DIGITS = 30;

  private PlainContent() {}

  static LetterContent.Request request(Fields body) {
    return new LetterContent.Request(
        new CertificateRequest(
            body.text("form"),
            body.object("citizen").flatMap(PlainContent::citizen),
            body.text("purpose"),
            body.texts("questions"),
            body.text("facts"),
            body.object("consent").flatMap(PlainContent::consent),
            body.object("contact").map(PlainContent::contact),
            body.text("reference"),
            body.date("wishedBy"),
            body.date("caseStartedOn")));
  }

  /**
   * @param form the form of the case, which tells a date from a text
   */
  static LetterContent.Reply reply(Fields body, Optional<Form> form) {
    Map<String, List<Answer>> answers =
        body.object("answers").map(a -> answers(a, form)).orElse(Map.of());
    Optional<Fields> author = body.object("author");
    return new LetterContent.Reply(
        new CertificateReply(
            answers,
            body.flag("insufficientKnowledge"),
            author.map(a -> a.text("name")).orElse(""),
            author.map(a -> a.text("authorisationId")).orElse(""),
            body.objects("attachments").stream().map(PlainContent::attachment).toList()));
  }

  static LetterContent.Correction correction(Fields body, Optional<Form> form) {
    return new LetterContent.Correction(
        reply(body, form).reply(), body.text("corrects"), body.text("reason"));
  }

  static LetterContent.InterimReply interim(Fields body) {
    return new LetterContent.InterimReply(body.date("expectedBy"), body.text("text"));
  }

  static LetterContent.Reminder reminder(Fields body) {
    return new LetterContent.Reminder(LetterContent.Reminder.REMINDER, body.text("text"));
  }

  static LetterContent.Question question(Fields body) {
    return new LetterContent.Question(body.text("text"), body.text("linkId"));
  }

  static LetterContent.Clarification answer(Fields body) {
    return new LetterContent.Clarification(body.text("text"));
  }

  static LetterContent.Retraction retraction(Fields body) {
    return new LetterContent.Retraction(
        body.text("retracts"), body.text("reason"), body.text("text"));
  }

  static LetterContent.Forwarded forwarded(Fields body, Directory directory) {
    Optional<String> named = body.givenText("to");
    Optional<Party> to = named.flatMap(directory::named);
    if (named.isPresent() && to.isEmpty()) {
      body.problem(RefusalReason.RECEIVER_UNKNOWN, "to", "");
    }
    return new LetterContent.Forwarded(
        to.map(p -> new OrganisationIds(p.sor(), p.gln(), "to"))
            .orElseGet(() -> new OrganisationIds("", "", "to")),
        to.map(Party::name).orElse(""),
        body.text("text"));
  }

  static LetterContent.ConsentWithdrawn consentWithdrawn(Fields body) {
    return new LetterContent.ConsentWithdrawn(body.day("at"), body.text("text"));
  }

  static LetterContent.DischargeNotice dischargeNotice(Fields body) {
    return new LetterContent.DischargeNotice(
        body.object("citizen").flatMap(PlainContent::citizen),
        body.date("dischargeDate"),
        body.text("unit"),
        body.object("contact").map(PlainContent::contact),
        body.text("text"));
  }

  static LetterContent.MentorOutcome mentorOutcome(Fields body) {
    return new LetterContent.MentorOutcome(body.text("outcome"), body.text("text"));
  }

  static LetterContent.Returned returned(Fields body) {
    return new LetterContent.Returned(body.text("reason"), body.text("text"));
  }

  static LetterContent.Cancelled cancelled(Fields body) {
    return new LetterContent.Cancelled(body.text("reason"), body.text("text"));
  }

  static LetterContent.Filed filed(Fields body) {
    return new LetterContent.Filed(body.text("reference"));
  }

  static Contact contact(Fields body) {
    return new Contact(body.text("name"), body.text("phone"));
  }

  static Optional<Citizen> citizen(Fields body) {
    Optional<Fields> name = body.object("name");
    String family = name.map(n -> n.text("family")).orElse("");
    List<String> given = name.map(n -> n.texts("given")).orElse(List.of());
    List<Citizen> found =
        Stream.of(
                body.givenText("cpr")
                    .map(
                        id ->
                            new Citizen(
                                Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, id, family, given)),
                body.givenText("xEcpr")
                    .map(
                        id ->
                            new Citizen(
                                Citizen.IdKind.X_ECPR,
                                CitizenRules.X_ECPR_SYSTEM,
                                id,
                                family,
                                given)),
                body.object("dEcpr")
                    .map(
                        id ->
                            new Citizen(
                                Citizen.IdKind.D_ECPR,
                                id.text("system"),
                                id.text("value"),
                                family,
                                given)))
            .flatMap(Optional::stream)
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static Optional<Consent> consent(Fields body) {
    Optional<Consent.Basis> basis = body.code("basis", Consent.Basis.values());
    if (!body.node().hasNonNull("basis")) {
      body.problem(RefusalReason.CONSENT_MISSING, "basis", "basis");
    }
    Optional<LocalDate> givenAt = body.date("givenAt");
    Optional<LocalDate> validUntil = body.date("validUntil");
    String scope = body.text("scope");
    String justification = body.text("justification");
    return basis.map(b -> new Consent(b, givenAt, validUntil, scope, justification));
  }

  private static Attachment attachment(Fields body) {
    return new Attachment(
        body.text("title"),
        body.text("contentType"),
        body.base64("data", RefusalReason.ATTACHMENT_INVALID));
  }

  private static Map<String, List<Answer>> answers(Fields body, Optional<Form> form) {
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : body.members()) {
      Optional<FormItem> item = form.flatMap(f -> f.item(member.getKey()));
      List<Answer> values = new ArrayList<>();
      for (JsonNode value : values(member.getValue())) {
        Optional<Answer> answer = answer(value, item);
        answer.ifPresentOrElse(
            values::add, () -> body.invalid(item.map(FormItem::linkId).orElse("*"), "value"));
      }
      answers.put(member.getKey(), values);
    }
    return answers;
  }

  private static List<JsonNode> values(JsonNode value) {
    if (!value.isArray()) {
      return List.of(value);
    }
    List<JsonNode> values = new ArrayList<>();
    value.forEach(values::add);
    return values;
  }

  private static Optional<Answer> answer(JsonNode value, Optional<FormItem> item) {
    if (value.isString()) {
      return Optional.of(textOrDate(value.stringValue(), item));
    }
    if (value.isBoolean()) {
      return Optional.of(new Answer.BooleanAnswer(value.booleanValue()));
    }
    if (value.isNumber()) {
      return number(value.decimalValue());
    }
    return value.isObject() ? code(value, item) : Optional.empty();
  }

  private static Answer textOrDate(String text, Optional<FormItem> item) {
    boolean isDate = item.filter(i -> i.type() == FormItem.Type.DATE).isPresent();
    return (isDate ? Fields.parseDate(text) : Optional.<LocalDate>empty())
        .<Answer>map(Answer.DateAnswer::new)
        .orElseGet(() -> new Answer.TextAnswer(text));
  }

  /** SECURITY: 1e999999999 is ten characters here and a gigabyte when it is written out. */
  private static Optional<Answer> number(BigDecimal value) {
    return value.precision() <= MOST_DIGITS && Math.abs(value.scale()) <= MOST_DIGITS
        ? Optional.of(new Answer.NumberAnswer(value))
        : Optional.empty();
  }

  /** The system may be left out where the form has the code. */
  private static Optional<Answer> code(JsonNode value, Optional<FormItem> item) {
    JsonNode code = value.path("code");
    JsonNode system = value.path("system");
    boolean nothingElse = value.size() == (system.isMissingNode() ? 1 : 2);
    if (!code.isString() || !(system.isString() || system.isMissingNode()) || !nothingElse) {
      return Optional.empty();
    }
    String given = system.isString() ? system.stringValue() : "";
    String known =
        item.flatMap(i -> i.option(given, code.stringValue()))
            .map(FormItem.Option::system)
            .orElse(given);
    return Optional.of(new Answer.CodeAnswer(known, code.stringValue()));
  }
}
