package dk.attestbro.gateway.api;

import dk.attestbro.model.Answer;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
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
  private final DirectorySource directory;

  PlainContentView(Forms forms, DirectorySource directory) {
    this.forms = forms;
    this.directory = directory;
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
    if (content instanceof LetterContent.Correction correction) {
      ObjectNode view = reply(correction.reply(), forms.find(reading.form()));
      text(view, "corrects", correction.corrects());
      text(view, "reason", correction.reason());
      return view;
    }
    if (content instanceof LetterContent.DischargeNotice notice) {
      return notice(notice, letter.receiver());
    }
    return shortLetter(content);
  }

  private ObjectNode shortLetter(LetterContent content) {
    ObjectNode view = JSON.objectNode();
    if (content instanceof LetterContent.Returned returned) {
      view.put("reason", returned.reason());
      text(view, "text", returned.text());
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      view.put("reason", cancelled.reason());
      text(view, "text", cancelled.text());
    } else if (content instanceof LetterContent.Filed filed) {
      text(view, "reference", filed.reference());
    } else if (content instanceof LetterContent.InterimReply interim) {
      day(view, "expectedBy", interim.expectedBy());
      text(view, "text", interim.text());
    } else if (content instanceof LetterContent.Reminder reminder) {
      text(view, "text", reminder.text());
    } else if (content instanceof LetterContent.Question question) {
      text(view, "text", question.text());
      text(view, "linkId", question.linkId());
    } else if (content instanceof LetterContent.Clarification answer) {
      text(view, "text", answer.text());
    } else if (content instanceof LetterContent.Retraction retraction) {
      view.put("retracts", retraction.retracts());
      view.put("reason", retraction.reason());
      text(view, "text", retraction.text());
    } else if (content instanceof LetterContent.Forwarded forwarded) {
      directory
          .current()
          .bySor(forwarded.to().sor())
          .ifPresent(to -> view.put("to", to.id().value()));
      text(view, "text", forwarded.text());
    } else if (content instanceof LetterContent.ConsentWithdrawn withdrawn) {
      day(view, "at", withdrawn.at());
      text(view, "text", withdrawn.text());
    } else if (content instanceof LetterContent.MentorOutcome outcome) {
      view.put("outcome", outcome.outcome());
      text(view, "text", outcome.text());
    } else {
      throw new IllegalStateException("no view of " + content.event());
    }
    return view;
  }

  private static JsonNode notice(LetterContent.DischargeNotice notice, Optional<PartyId> receiver) {
    ObjectNode view = JSON.objectNode();
    receiver.ifPresent(r -> view.put("receiver", r.value()));
    notice.citizen().ifPresent(c -> view.set("citizen", citizen(c)));
    day(view, "dischargeDate", notice.dischargeDate());
    text(view, "unit", notice.unit());
    notice.contact().ifPresent(c -> contact(view, c));
    text(view, "text", notice.text());
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
    request.contact().ifPresent(c -> contact(view, c));
    text(view, "reference", request.reference());
    day(view, "wishedBy", request.wishedBy());
    day(view, "caseStartedOn", request.caseStartedOn());
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
    day(view, "givenAt", consent.givenAt());
    day(view, "validUntil", consent.validUntil());
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

  private static void contact(ObjectNode view, Contact contact) {
    view.putObject("contact").put("name", contact.name()).put("phone", contact.phone());
  }

  private static void day(ObjectNode view, String name, Optional<LocalDate> day) {
    day.map(LocalDate::toString).ifPresent(d -> view.put(name, d));
  }

  private static void text(ObjectNode view, String name, String text) {
    if (!text.isEmpty()) {
      view.put(name, text);
    }
  }
}
