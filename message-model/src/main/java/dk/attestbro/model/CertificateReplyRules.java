package dk.attestbro.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must hold of a certificate reply, however it came. Paths are those of the plain JSON ({@code
 * answers.facts.diagnosis}, {@code attachments[0].data}); all problems are told at once.
 *
 * <p>An answer that the form requires may be missing only where a PDF is attached or the knowledge
 * is insufficient: the doctor may weave the answers into a document, and need not answer what is
 * not known.
 */
public final class CertificateReplyRules {
  /** The longest answer to a free question, in characters. */
  public static final int FREE_ANSWER = 10_000;

  private static final Text NO_TEXT = new Text("", "");

  private static final Pattern FREE_QUESTION = Pattern.compile("question\\.([1-9]\\d?)");
  private static final Pattern AUTHORISATION_ID = Pattern.compile("[0-9A-Za-z-]{1,20}");

  private CertificateReplyRules() {}

  /**
   * Everything that is wrong with the reply; empty where nothing is.
   *
   * @param freeQuestions how many free questions the request asked; empty where it is not known,
   *     and then any of 1 to 99 is taken
   */
  public static List<Problem> check(CertificateReply reply, Form form, OptionalInt freeQuestions) {
    Problems problems = new Problems();
    boolean mayBeIncomplete = reply.insufficientKnowledge() || hasPdf(reply);
    if (reply.answers().isEmpty() && !mayBeIncomplete) {
      problems.add(RefusalReason.ANSWERS_MISSING, "answers");
    }
    int questions = freeQuestions.orElse(CertificateRequestRules.MOST_QUESTIONS);
    for (Map.Entry<String, List<Answer>> entry : new TreeMap<>(reply.answers()).entrySet()) {
      Optional<FormItem> item = itemFor(entry.getKey(), form, questions);
      if (item.isEmpty()) {
        problems.add(RefusalReason.ANSWER_UNKNOWN, pathOf(entry.getKey()));
      } else {
        answers(entry.getValue(), item.get(), problems);
      }
    }
    if (!mayBeIncomplete) {
      for (FormItem item : form.items()) {
        if (item.required() && !reply.answers().containsKey(item.linkId())) {
          problems.add(RefusalReason.ANSWER_MISSING, pathOf(item.linkId()));
        }
      }
    }
    form.items().forEach(item -> order(reply, item, problems));
    author(reply, form, problems);
    attachments(reply.attachments(), problems);
    return problems.all();
  }

  /** Whether a document that says it is a PDF, and is one, goes with the reply. */
  public static boolean hasPdf(CertificateReply reply) {
    return reply.attachments().stream()
        .anyMatch(
            a ->
                AttachmentTypes.parse(a.contentType())
                    .filter(type -> type == AttachmentTypes.PDF && type.matches(a.data()))
                    .isPresent());
  }

  /** The number n of {@code question.n}; empty for other linkIds. */
  public static OptionalInt freeQuestion(String linkId) {
    Matcher matcher = FREE_QUESTION.matcher(linkId);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /**
   * Whether the case has this question: one of the form's, or a free one of the request.
   *
   * @param freeQuestions as in {@link #check}
   */
  static boolean isQuestion(String linkId, Form form, OptionalInt freeQuestions) {
    return itemFor(linkId, form, freeQuestions.orElse(CertificateRequestRules.MOST_QUESTIONS))
        .isPresent();
  }

  private static Optional<FormItem> itemFor(String linkId, Form form, int questions) {
    OptionalInt number = freeQuestion(linkId);
    if (number.isEmpty()) {
      return form.item(linkId);
    }
    return number.getAsInt() <= questions
        ? Optional.of(
            new FormItem(
                linkId,
                NO_TEXT,
                NO_TEXT,
                FormItem.Type.TEXT,
                false,
                false,
                FREE_ANSWER,
                List.of(),
                Optional.empty()))
        : Optional.empty();
  }

  /**
   * Where a problem with an answer stands. A linkId that no form has is the sender's own text, and
   * is shown only where it is short and plain.
   */
  private static String pathOf(String linkId) {
    return linkId.matches("[a-z][a-z.\\-]{0,60}|question\\.\\d{1,3}")
        ? "answers." + linkId
        : "answers";
  }

  private static void answers(List<Answer> answers, FormItem item, Problems problems) {
    String path = pathOf(item.linkId());
    if (answers.isEmpty()) {
      problems.add(RefusalReason.FIELD_INVALID, path, "blank");
    } else if (answers.size() > 1 && !item.repeats()) {
      problems.add(RefusalReason.ANSWER_WRONG_TYPE, path, "max 1");
    } else if (!item.repeats()) {
      answer(answers.get(0), item, path, problems);
    } else {
      for (int i = 0; i < answers.size(); i++) {
        answer(answers.get(i), item, path + "[" + i + "]", problems);
      }
    }
  }

  private static void answer(Answer answer, FormItem item, String path, Problems problems) {
    switch (item.type()) {
      case STRING, TEXT -> {
        if (answer instanceof Answer.TextAnswer text) {
          int most = item.maxLength() > 0 ? item.maxLength() : Integer.MAX_VALUE;
          if (text.value().isBlank()) {
            problems.add(RefusalReason.FIELD_INVALID, path, "blank");
          } else {
            problems.optional(path, text.value(), most);
          }
        } else {
          wrongType(item, path, problems);
        }
      }
      case INTEGER -> {
        if (!(answer instanceof Answer.NumberAnswer number) || !isInteger(number.value())) {
          wrongType(item, path, problems);
        }
      }
      case DECIMAL -> {
        if (!(answer instanceof Answer.NumberAnswer)) {
          wrongType(item, path, problems);
        }
      }
      case BOOLEAN -> {
        if (!(answer instanceof Answer.BooleanAnswer)) {
          wrongType(item, path, problems);
        }
      }
      case DATE -> {
        if (!(answer instanceof Answer.DateAnswer)) {
          wrongType(item, path, problems);
        }
      }
      case CHOICE -> {
        if (!(answer instanceof Answer.CodeAnswer code)) {
          wrongType(item, path, problems);
        } else if (item.option(code.system(), code.code()).isEmpty()) {
          problems.add(RefusalReason.CODE_UNKNOWN, path);
        }
      }
    }
  }

  /** Whether a date is before another that the form puts it after. */
  private static void order(CertificateReply reply, FormItem item, Problems problems) {
    item.notBefore()
        .flatMap(other -> date(reply, other))
        .filter(first -> date(reply, item.linkId()).filter(first::isAfter).isPresent())
        .ifPresent(
            first ->
                problems.add(
                    RefusalReason.DATES_IN_WRONG_ORDER,
                    pathOf(item.linkId()),
                    "after " + item.notBefore().orElseThrow()));
  }

  private static Optional<LocalDate> date(CertificateReply reply, String linkId) {
    return reply.answers().getOrDefault(linkId, List.of()).stream()
        .filter(Answer.DateAnswer.class::isInstance)
        .map(answer -> ((Answer.DateAnswer) answer).value())
        .findFirst();
  }

  /** A FHIR integer has 32 bits (R4 2.24.0.1). */
  private static boolean isInteger(BigDecimal number) {
    try {
      number.intValueExact();
      return true;
    } catch (ArithmeticException fractionOrTooLarge) {
      return false;
    }
  }

  private static void wrongType(FormItem item, String path, Problems problems) {
    problems.add(
        RefusalReason.ANSWER_WRONG_TYPE, path, item.type().name().toLowerCase(Locale.ROOT));
  }

  private static void author(CertificateReply reply, Form form, Problems problems) {
    problems.required(
        "author.name",
        reply.authorName(),
        CertificateRequestRules.SHORT_TEXT,
        RefusalReason.AUTHOR_MISSING);
    if (reply.authorisationId().isBlank() && !form.authorIsDoctor()) {
      return;
    }
    if (reply.authorisationId().isBlank()) {
      problems.add(RefusalReason.AUTHOR_MISSING, "author.authorisationId");
    } else if (!AUTHORISATION_ID.matcher(reply.authorisationId()).matches()) {
      problems.add(
          RefusalReason.AUTHOR_MISSING, "author.authorisationId", "1 to 20 letters or digits");
    }
  }

  private static void attachments(List<Attachment> attachments, Problems problems) {
    for (int i = 0; i < attachments.size(); i++) {
      Attachment attachment = attachments.get(i);
      String path = "attachments[" + i + "]";
      problems.optional(path + ".title", attachment.title(), CertificateRequestRules.SHORT_TEXT);
      AttachmentTypes.check(attachment.contentType(), attachment.data())
          .ifPresent(
              reason ->
                  problems.add(
                      reason,
                      reason == RefusalReason.ATTACHMENT_TYPE_NOT_ALLOWED
                          ? path + ".contentType"
                          : path + ".data"));
    }
  }
}
