package dk.attestbro.gateway.api;

import dk.attestbro.model.Answer;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.PartyId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes letters as plain JSON, in the shape that the POST for their event takes ({@link
 * PlainContent}); what was absent is left out.
 */
final class PlainContentView {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final Forms forms;

  PlainContentView(Forms forms) {
    this.forms = forms;
  }

  /** The letter's content; empty for an event without a POST. */
  Optional<JsonNode> of(Letter letter, MessageReading reading) {
    if (letter.isAcknowledgement()) {
      return reading
          .acknowledgement()
          .map(
              a -> {
                ObjectNode view = JSON.objectNode();
                view.put("acknowledges", a.acknowledges().value());
                view.put("code", a.code().code());
                ArrayNode issues = view.putArray("issues");
                a.issues()
                    .forEach(i -> issues.addObject().put("code", i.code()).put("text", i.text()));
                return view;
              });
    }
    return reading.content().map(content -> content(content, letter, reading));
  }

  /** The code under which a form is shown. */
  static String shownForm(Forms forms, String codeOrId) {
    return forms.find(codeOrId).map(Form::code).orElse(codeOrId);
  }

  private JsonNode content(LetterContent content, Letter letter, MessageReading reading) {
    if (content instanceof LetterContent.Request request) {
      return request(request.request(), letter.receiver());
    }
    if (content instanceof LetterContent.Reply reply) {
      return reply(reply.reply(), forms.find(reading.form()));
    }
    ObjectNode view = JSON.objectNode();
    if (content instanceof LetterContent.Returned returned) {
      view.put("reason", returned.reason());
      text(view, "text", returned.text());
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      view.put("reason", cancelled.reason());
      text(view, "text", cancelled.text());
    } else if (content instanceof LetterContent.Filed filed) {
      text(view, "reference", filed.reference());
    }
    return view;
  }

  private JsonNode request(CertificateRequest request, Optional<PartyId> receiver) {
    ObjectNode view = JSON.objectNode();
    view.put("form", shownForm(forms, request.form()));
    receiver.ifPresent(r -> view.put("receiver", r.value()));
    request.citizen().ifPresent(c -> view.set("citizen", citizen(c)));
    text(view, "purpose", request.purpose());
    ArrayNode questions = view.putArray("questions");
    request.questions().forEach(questions::add);
    text(view, "facts", request.facts());
    request.consent().ifPresent(c -> view.set("consent", consent(c)));
    request
        .contact()
        .ifPresent(c -> view.putObject("contact").put("name", c.name()).put("phone", c.phone()));
    text(view, "reference", request.reference());
    request.wishedBy().map(LocalDate::toString).ifPresent(d -> view.put("wishedBy", d));
    return view;
  }

  private static ObjectNode citizen(Citizen citizen) {
    ObjectNode view = JSON.objectNode();
    switch (citizen.idKind()) {
      case CPR -> view.put("cpr", citizen.id());
      case X_ECPR -> view.put("xEcpr", citizen.id());
      case D_ECPR ->
          view.putObject("dEcpr").put("system", citizen.idSystem()).put("value", citizen.id());
    }
    ObjectNode name = view.putObject("name");
    text(name, "family", citizen.family());
    ArrayNode given = name.putArray("given");
    citizen.given().forEach(given::add);
    return view;
  }

  private static ObjectNode consent(Consent consent) {
    ObjectNode view = JSON.objectNode();
    view.put("basis", consent.basis().name());
    consent.givenAt().map(LocalDate::toString).ifPresent(d -> view.put("givenAt", d));
    consent.validUntil().map(LocalDate::toString).ifPresent(d -> view.put("validUntil", d));
    text(view, "scope", consent.scope());
    text(view, "justification", consent.justification());
    return view;
  }

  private static ObjectNode reply(CertificateReply reply, Optional<Form> form) {
    ObjectNode view = JSON.objectNode();
    ObjectNode answers = view.putObject("answers");
    for (Map.Entry<String, List<Answer>> entry : new TreeMap<>(reply.answers()).entrySet()) {
      boolean repeats =
          form.flatMap(f -> f.item(entry.getKey())).map(FormItem::repeats).orElse(false);
      if (repeats || entry.getValue().size() != 1) {
        ArrayNode values = answers.putArray(entry.getKey());
        entry.getValue().forEach(value -> values.add(answer(value)));
      } else {
        answers.set(entry.getKey(), answer(entry.getValue().get(0)));
      }
    }
    view.put("insufficientKnowledge", reply.insufficientKnowledge());
    if (!reply.authorName().isEmpty() || !reply.authorisationId().isEmpty()) {
      ObjectNode author = view.putObject("author");
      text(author, "name", reply.authorName());
      text(author, "authorisationId", reply.authorisationId());
    }
    ArrayNode attachments = view.putArray("attachments");
    reply
        .attachments()
        .forEach(
            a ->
                attachments
                    .addObject()
                    .put("title", a.title())
                    .put("contentType", a.contentType())
                    .put("data", a.data()));
    return view;
  }

  private static JsonNode answer(Answer answer) {
    if (answer instanceof Answer.TextAnswer text) {
      return JSON.stringNode(text.value());
    }
    if (answer instanceof Answer.NumberAnswer number) {
      return JSON.numberNode(number.value());
    }
    if (answer instanceof Answer.BooleanAnswer flag) {
      return JSON.booleanNode(flag.value());
    }
    if (answer instanceof Answer.DateAnswer date) {
      return JSON.stringNode(date.value().toString());
    }
    Answer.CodeAnswer code = (Answer.CodeAnswer) answer;
    return JSON.objectNode().put("code", code.code()).put("system", code.system());
  }

  private static void text(ObjectNode view, String name, String text) {
    if (!text.isEmpty()) {
      view.put(name, text);
    }
  }
}
