package dk.attestbro.gateway.pages;

import dk.attestbro.model.Answer;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.LetterContent;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** Lays out what a letter says, for reading: headed groups of labels and texts. */
public final class LetterSheet {
  private final MessageSource messages;
  private final Shown shown;

  LetterSheet(MessageSource messages, Shown shown) {
    this.messages = messages;
    this.shown = shown;
  }

  /**
   * A group.
   *
   * @param style sets the doctor's assessment and the patient's own view apart; may be empty
   */
  public record Group(String heading, String style, List<Line> lines) {}

  /** A label and what stands under it. */
  public record Line(String label, String text) {}

  /**
   * The groups of a letter.
   *
   * @param form of the case
   * @param questions that the request asked
   */
  public List<Group> of(LetterContent content, Optional<Form> form, List<String> questions) {
    if (content instanceof LetterContent.Request asked) {
      return request(asked.request(), form);
    }
    if (content instanceof LetterContent.Reply answered) {
      return reply(answered.reply(), form, questions);
    }
    if (content instanceof LetterContent.Correction corrected) {
      List<Group> groups = new ArrayList<>();
      Lines why = new Lines();
      why.put("letter.reason", corrected.reason());
      groups.add(group("letter.correction", why));
      groups.addAll(reply(corrected.reply(), form, questions));
      return groups;
    }
    return List.of(group("event." + content.event().code(), shortLetter(content, form)));
  }

  private Lines shortLetter(LetterContent content, Optional<Form> form) {
    Lines lines = new Lines();
    if (content instanceof LetterContent.Returned said) {
      lines.put("letter.reason", word("return." + said.reason(), said.reason()));
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.Cancelled said) {
      lines.put("letter.reason", word("cancel." + said.reason(), said.reason()));
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.Retraction said) {
      lines.put("letter.reason", word("retract." + said.reason(), said.reason()));
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.InterimReply said) {
      lines.put("letter.expectedBy", said.expectedBy());
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.Reminder said) {
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.Question said) {
      lines.put("letter.text", said.text());
      form.flatMap(f -> f.item(said.linkId()))
          .ifPresent(item -> lines.put("letter.about", shown.text(item.text())));
    } else if (content instanceof LetterContent.Clarification said) {
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.Forwarded said) {
      lines.put("letter.to", said.toName());
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.ConsentWithdrawn said) {
      lines.put("letter.at", said.at());
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.Filed said) {
      lines.put("letter.reference", said.reference());
    } else if (content instanceof LetterContent.DischargeNotice said) {
      said.citizen().ifPresent(citizen -> citizen(lines, citizen));
      lines.put("letter.dischargeDate", said.dischargeDate());
      lines.put("letter.unit", said.unit());
      said.contact().ifPresent(contact -> contact(lines, contact));
      lines.put("letter.text", said.text());
    } else if (content instanceof LetterContent.MentorOutcome said) {
      lines.put("letter.outcome", word("mentor." + said.outcome(), said.outcome()));
      lines.put("letter.text", said.text());
    }
    return lines;
  }

  private List<Group> request(CertificateRequest request, Optional<Form> form) {
    Lines citizen = new Lines();
    request.citizen().ifPresent(c -> citizen(citizen, c));
    Lines what = new Lines();
    form.ifPresent(f -> what.put("letter.form", shown.text(f.title())));
    what.put("letter.purpose", request.purpose());
    what.put("letter.facts", request.facts());
    what.put("letter.wishedBy", request.wishedBy());
    what.put("letter.caseStartedOn", request.caseStartedOn());
    Lines questions = new Lines();
    for (int i = 0; i < request.questions().size(); i++) {
      questions.add(word("letter.question", "", String.valueOf(i + 1)), request.questions().get(i));
    }
    Lines from = new Lines();
    request.contact().ifPresent(c -> contact(from, c));
    from.put("letter.reference", request.reference());
    List<Group> groups = new ArrayList<>();
    groups.add(group("letter.citizen", citizen));
    groups.add(group("letter.asked", what));
    groups.add(group("letter.questions", questions));
    request.consent().ifPresent(c -> groups.add(group("letter.consent", consent(c))));
    groups.add(group("letter.from", from));
    groups.removeIf(group -> group.lines().isEmpty());
    return groups;
  }

  private Lines consent(Consent consent) {
    Lines lines = new Lines();
    lines.put("letter.basis", word("basis." + consent.basis().name(), consent.basis().name()));
    lines.put("letter.givenAt", consent.givenAt());
    lines.put("letter.validUntil", consent.validUntil());
    lines.put("letter.scope", consent.scope());
    lines.put("letter.justification", consent.justification());
    return lines;
  }

  private List<Group> reply(CertificateReply reply, Optional<Form> form, List<String> questions) {
    List<Group> groups = new ArrayList<>();
    if (reply.insufficientKnowledge()) {
      Lines little = new Lines();
      little.put("letter.knowledge", word("letter.insufficient", ""));
      groups.add(group("letter.note", little));
    }
    form.map(Form::items).orElse(List.of()).stream()
        .filter(item -> reply.answers().containsKey(item.linkId()))
        .forEach(item -> add(groups, item, reply.answers().get(item.linkId())));
    Lines free = new Lines();
    for (int i = 0; i < questions.size(); i++) {
      List<Answer> given = reply.answers().getOrDefault("question." + (i + 1), List.of());
      if (!given.isEmpty()) {
        free.add(questions.get(i), text(given, Optional.empty()));
      }
    }
    groups.add(group("letter.questions", free));
    Lines author = new Lines();
    author.put("letter.author", reply.authorName());
    author.put("letter.authorisationId", reply.authorisationId());
    groups.add(group("letter.signed", author));
    groups.removeIf(group -> group.lines().isEmpty());
    return groups;
  }

  private void add(List<Group> groups, FormItem item, List<Answer> given) {
    String style = style(item.linkId());
    String heading =
        shown.text(item.group())
            + (style.equals("patient") ? " – " + word("letter.patientHeading", "") : "");
    boolean goesOn =
        !groups.isEmpty()
            && groups.get(groups.size() - 1).heading().equals(heading)
            && groups.get(groups.size() - 1).style().equals(style);
    if (!goesOn) {
      groups.add(new Group(heading, style, new ArrayList<>()));
    }
    groups
        .get(groups.size() - 1)
        .lines()
        .add(new Line(shown.text(item.text()), text(given, Optional.of(item))));
  }

  /** Facts, the doctor's assessment and the patient's own view never run together. */
  public static String style(String linkId) {
    if (linkId.contains("patient-view")) {
      return "patient";
    }
    return linkId.startsWith("assessment.") ? "assessment" : "";
  }

  private String text(List<Answer> answers, Optional<FormItem> item) {
    return String.join("\n", answers.stream().map(answer -> text(answer, item)).toList());
  }

  private String text(Answer answer, Optional<FormItem> item) {
    if (answer instanceof Answer.TextAnswer text) {
      return text.value();
    }
    if (answer instanceof Answer.NumberAnswer number) {
      return NumberFormat.getInstance(LocaleContextHolder.getLocale()).format(number.value());
    }
    if (answer instanceof Answer.DateAnswer date) {
      return shown.day(date.value());
    }
    if (answer instanceof Answer.BooleanAnswer yes) {
      return word(yes.value() ? "letter.yes" : "letter.no", "");
    }
    Answer.CodeAnswer code = (Answer.CodeAnswer) answer;
    return item.flatMap(i -> i.option(code.system(), code.code()))
        .map(option -> shown.text(option.display()))
        .orElse(code.code());
  }

  private void citizen(Lines lines, Citizen citizen) {
    lines.put("letter.name", (String.join(" ", citizen.given()) + " " + citizen.family()).strip());
    lines.put("letter." + citizen.idKind().name(), shown.citizenId(citizen));
  }

  private void contact(Lines lines, Contact contact) {
    lines.put("letter.contact", contact.name());
    lines.put("letter.phone", contact.phone());
  }

  private Group group(String heading, Lines lines) {
    return new Group(word(heading, heading), "", lines.all);
  }

  private String word(String key, String otherwise, Object... arguments) {
    String found = messages.getMessage(key, arguments, otherwise, LocaleContextHolder.getLocale());
    return found == null ? otherwise : found;
  }

  /** The lines of one group; what is empty is left out. */
  private final class Lines {
    private final List<Line> all = new ArrayList<>();

    void put(String key, String text) {
      if (!text.isBlank()) {
        add(word(key, key), text);
      }
    }

    void put(String key, Optional<LocalDate> day) {
      day.ifPresent(found -> add(word(key, key), shown.day(found)));
    }

    void add(String label, String text) {
      all.add(new Line(label, text));
    }
  }
}
