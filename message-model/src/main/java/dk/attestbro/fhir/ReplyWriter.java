package dk.attestbro.fhir;

import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateReplyRules;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MediaType;
import java.io.ByteArrayInputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;

/** Writes a certificate reply (docs/message-model.md section 5). */
final class ReplyWriter {
  private final Forms forms;
  private final Map<String, Questionnaire> questionnaires = new ConcurrentHashMap<>();

  ReplyWriter(Forms forms) {
    this.forms = forms;
  }

  Bundle write(CaseLetter letter, CertificateReply reply) {
    letter.status(Task.TaskStatus.COMPLETED);
    Form form = form(letter);
    Reference author = letter.person(reply.authorName(), "", reply.authorisationId());
    letter.output("reply", response(letter, reply, form, author));
    if (reply.insufficientKnowledge()) {
      letter.output("insufficient-knowledge", new BooleanType(true));
    }
    for (int i = 0; i < reply.attachments().size(); i++) {
      letter.output("document", document(letter, reply.attachments().get(i), i + 1, author));
    }
    return letter.finished();
  }

  private Form form(CaseLetter letter) {
    return letter.task().getCode().getCoding().stream()
        .filter(c -> Canonicals.FORM.equals(c.getSystem()))
        .flatMap(c -> forms.find(c.getCode()).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the form is unknown"));
  }

  private Reference response(
      CaseLetter letter, CertificateReply reply, Form form, Reference author) {
    QuestionnaireResponse response = new QuestionnaireResponse();
    response.setQuestionnaire(form.canonical());
    response.setStatus(QuestionnaireResponse.QuestionnaireResponseStatus.COMPLETED);
    response.setSubject(letter.patient());
    response.setAuthoredElement(letter.now());
    response.setAuthor(author.copy());
    StringBuilder narrative = new StringBuilder();
    for (Questionnaire.QuestionnaireItemComponent item : questionnaire(form).getItem()) {
      QuestionnaireResponseItemComponent answered = answered(item, reply, form, narrative);
      if (answered.hasAnswer() || answered.hasItem()) {
        response.addItem(answered);
      }
    }
    freeQuestions(reply, response, narrative);
    return letter.add(
        response,
        "questionnaire-response",
        form.code() + " " + form.title().da(),
        reply.insufficientKnowledge()
            ? "Afdelingen har ikke tilstrækkeligt kendskab til patienten i det aktuelle forløb."
            : "",
        narrative.toString());
  }

  private QuestionnaireResponseItemComponent answered(
      Questionnaire.QuestionnaireItemComponent question,
      CertificateReply reply,
      Form form,
      StringBuilder narrative) {
    QuestionnaireResponseItemComponent item = new QuestionnaireResponseItemComponent();
    item.setLinkId(question.getLinkId());
    item.setText(question.getText());
    if (question.getType() == Questionnaire.QuestionnaireItemType.GROUP) {
      StringBuilder within = new StringBuilder();
      for (Questionnaire.QuestionnaireItemComponent child : question.getItem()) {
        QuestionnaireResponseItemComponent answered = answered(child, reply, form, within);
        if (answered.hasAnswer() || answered.hasItem()) {
          item.addItem(answered);
        }
      }
      if (item.hasItem()) {
        line(narrative, question.getText());
        line(narrative, within.toString());
      }
      return item;
    }
    FormItem formItem = form.item(question.getLinkId()).orElseThrow();
    for (Answer answer : reply.answers().getOrDefault(question.getLinkId(), List.of())) {
      Type value = value(answer, formItem, question);
      item.addAnswer().setValue(value);
      line(narrative, question.getText() + ": " + shown(value));
    }
    return item;
  }

  private static void freeQuestions(
      CertificateReply reply, QuestionnaireResponse response, StringBuilder narrative) {
    reply.answers().entrySet().stream()
        .filter(e -> CertificateReplyRules.freeQuestion(e.getKey()).isPresent())
        .sorted(
            Comparator.comparingInt(e -> CertificateReplyRules.freeQuestion(e.getKey()).getAsInt()))
        .forEach(
            e -> {
              QuestionnaireResponseItemComponent item = response.addItem().setLinkId(e.getKey());
              for (Answer answer : e.getValue()) {
                if (answer instanceof Answer.TextAnswer text) {
                  item.addAnswer().setValue(new StringType(text.value()));
                  line(
                      narrative,
                      "Svar på spørgsmål "
                          + CertificateReplyRules.freeQuestion(e.getKey()).getAsInt()
                          + ": "
                          + text.value());
                }
              }
            });
  }

  private static Type value(
      Answer answer, FormItem item, Questionnaire.QuestionnaireItemComponent question) {
    if (answer instanceof Answer.TextAnswer text) {
      return new StringType(text.value());
    } else if (answer instanceof Answer.NumberAnswer number) {
      return item.type() == FormItem.Type.INTEGER
          ? new IntegerType(number.value().intValueExact())
          : new DecimalType(number.value());
    } else if (answer instanceof Answer.BooleanAnswer bool) {
      return new BooleanType(bool.value());
    } else if (answer instanceof Answer.DateAnswer day) {
      return new DateType(day.value().toString());
    } else if (answer instanceof Answer.CodeAnswer code) {
      return question.getAnswerOption().stream()
          .map(Questionnaire.QuestionnaireItemAnswerOptionComponent::getValueCoding)
          .filter(option -> option.getCode().equals(code.code()))
          .map(option -> new Coding(option.getSystem(), option.getCode(), option.getDisplay()))
          .findFirst()
          .orElseGet(() -> new Coding().setSystem(code.system()).setCode(code.code()));
    }
    throw new IllegalArgumentException("an answer of unknown type");
  }

  private static String shown(Type value) {
    if (value instanceof Coding coding) {
      return coding.hasDisplay() ? coding.getDisplay() : coding.getCode();
    } else if (value instanceof BooleanType bool) {
      return bool.booleanValue() ? "ja" : "nej";
    }
    return value.primitiveValue();
  }

  private static void line(StringBuilder text, String line) {
    if (!line.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append(line);
    }
  }

  private static Reference document(
      CaseLetter letter, Attachment attachment, int number, Reference author) {
    String contentType =
        AttachmentTypes.parse(attachment.contentType())
            .map(AttachmentTypes::contentType)
            .orElse(attachment.contentType());
    Binary binary = new Binary();
    binary.setContentType(contentType);
    binary.setData(attachment.data());
    Reference data = letter.add(binary, "binary/" + number);
    DocumentReference document = new DocumentReference();
    document.setStatus(Enumerations.DocumentReferenceStatus.CURRENT);
    document.setSubject(letter.patient());
    document.addAuthor(author.copy());
    org.hl7.fhir.r4.model.Attachment content = document.addContent().getAttachment();
    content.setContentType(contentType);
    content.setUrl(data.getReference());
    if (!attachment.title().isBlank()) {
      content.setTitle(attachment.title());
    }
    return letter.add(
        document,
        "document/" + number,
        "Bilag " + number + ": " + attachment.title(),
        "Type: " + contentType);
  }

  private Questionnaire questionnaire(Form form) {
    return questionnaires.computeIfAbsent(
        form.canonical(),
        canonical ->
            Fhir.parser(MediaType.FHIR_JSON)
                .parseResource(
                    Questionnaire.class, new ByteArrayInputStream(forms.questionnaire(form))));
  }
}
