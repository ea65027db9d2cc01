package dk.attestbro.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What must hold of the letters that follow a request, apart from its reply. Paths are those of the
 * plain JSON.
 */
public final class CaseLetterRules {
  private static final List<String> KINDS_OF_REMINDER =
      List.of(LetterContent.Reminder.NOTICE, LetterContent.Reminder.REMINDER);

  private CaseLetterRules() {}

  /** The reason is one of {@link ReturnReason}; OTHER needs a text. */
  public static List<Problem> check(LetterContent.Returned returned) {
    Problems problems = new Problems();
    reason(returned.reason(), ReturnReason.values(), problems);
    if (returned.reason().equals(ReturnReason.OTHER.name()) && returned.text().isBlank()) {
      problems.add(RefusalReason.FIELD_MISSING, "text", ReturnReason.OTHER.name());
    }
    problems.optional("text", returned.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /** The reason is one of {@link CancellationReason}. */
  public static List<Problem> check(LetterContent.Cancelled cancelled) {
    Problems problems = new Problems();
    reason(cancelled.reason(), CancellationReason.values(), problems);
    problems.optional("text", cancelled.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /** The filer's own reference is short. */
  public static List<Problem> check(LetterContent.Filed filed) {
    Problems problems = new Problems();
    problems.optional("reference", filed.reference(), CertificateRequestRules.SHORT_TEXT);
    return problems.all();
  }

  /** When it is expected is told, and is not past. */
  public static List<Problem> check(LetterContent.InterimReply interim, LocalDate today) {
    Problems problems = new Problems();
    if (interim.expectedBy().isEmpty()) {
      problems.add(RefusalReason.FIELD_MISSING, "expectedBy");
    } else if (interim.expectedBy().get().isBefore(today)) {
      problems.add(RefusalReason.DATES_IN_WRONG_ORDER, "expectedBy", "min " + today);
    }
    problems.optional("text", interim.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /** The kind is one of the two. */
  public static List<Problem> check(LetterContent.Reminder reminder) {
    Problems problems = new Problems();
    if (!KINDS_OF_REMINDER.contains(reminder.kind())) {
      problems.add(RefusalReason.CODE_UNKNOWN, "kind", String.join("|", KINDS_OF_REMINDER));
    }
    problems.optional("text", reminder.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /**
   * There is a question, and what it is about is one that the case has.
   *
   * @param freeQuestions how many free questions the request asked; empty where it is not known
   */
  public static List<Problem> check(
      LetterContent.Question question, Optional<Form> form, OptionalInt freeQuestions) {
    Problems problems = new Problems();
    problems.required(
        "text", question.text(), CertificateRequestRules.LONG_TEXT, RefusalReason.FIELD_MISSING);
    if (!question.linkId().isEmpty()
        && form.filter(f -> CertificateReplyRules.isQuestion(question.linkId(), f, freeQuestions))
            .isEmpty()) {
      problems.add(RefusalReason.FIELD_INVALID, "linkId", "a question of the case");
    }
    return problems.all();
  }

  /** There is an answer. */
  public static List<Problem> check(LetterContent.Clarification answer) {
    Problems problems = new Problems();
    problems.required(
        "text", answer.text(), CertificateRequestRules.LONG_TEXT, RefusalReason.FIELD_MISSING);
    return problems.all();
  }

  /** It is a reply, and says which letter it corrects and why. */
  public static List<Problem> check(
      LetterContent.Correction correction, Form form, OptionalInt freeQuestions) {
    Problems problems = new Problems();
    letterId("corrects", correction.corrects(), problems);
    problems.required(
        "reason",
        correction.reason(),
        CertificateRequestRules.LONG_TEXT,
        RefusalReason.FIELD_MISSING);
    List<Problem> all =
        new ArrayList<>(CertificateReplyRules.check(correction.reply(), form, freeQuestions));
    all.addAll(problems.all());
    return List.copyOf(all);
  }

  /**
   * It says which letter is taken back; the reason is one of {@link RetractionReason}, and OTHER
   * needs a text.
   */
  public static List<Problem> check(LetterContent.Retraction retraction) {
    Problems problems = new Problems();
    letterId("retracts", retraction.retracts(), problems);
    reason(retraction.reason(), RetractionReason.values(), problems);
    if (retraction.reason().equals(RetractionReason.OTHER.name()) && retraction.text().isBlank()) {
      problems.add(RefusalReason.FIELD_MISSING, "text", RetractionReason.OTHER.name());
    }
    problems.optional("text", retraction.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /** The new unit is named; whether it is in the directory is not judged here. */
  public static List<Problem> check(LetterContent.Forwarded forwarded) {
    Problems problems = new Problems();
    if (forwarded.to().sor().isEmpty() || forwarded.to().gln().isEmpty()) {
      problems.add(RefusalReason.FIELD_MISSING, "to");
    }
    problems.optional("text", forwarded.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /** The day is told, and is not ahead. */
  public static List<Problem> check(LetterContent.ConsentWithdrawn withdrawn, LocalDate today) {
    Problems problems = new Problems();
    if (withdrawn.at().isEmpty()) {
      problems.add(RefusalReason.FIELD_MISSING, "at");
    } else if (withdrawn.at().get().isAfter(today)) {
      problems.add(RefusalReason.DATES_IN_WRONG_ORDER, "at", "max " + today);
    }
    problems.optional("text", withdrawn.text(), CertificateRequestRules.LONG_TEXT);
    return problems.all();
  }

  /**
   * What is wrong with a withdrawal beside the request whose consent it withdraws: nobody withdraws
   * what was not yet given.
   *
   * @param path where the day stands in the letter
   */
  public static Optional<Problem> check(
      LetterContent.ConsentWithdrawn withdrawn, CertificateRequest request, String path) {
    return request
        .consent()
        .flatMap(Consent::givenAt)
        .filter(given -> withdrawn.at().filter(given::isAfter).isPresent())
        .map(given -> new Problem(RefusalReason.DATES_IN_WRONG_ORDER, path, "min " + given));
  }

  private static void letterId(String path, String id, Problems problems) {
    if (id.isBlank()) {
      problems.add(RefusalReason.FIELD_MISSING, path);
    } else if (LetterId.parse(id).isEmpty()) {
      problems.add(RefusalReason.FIELD_INVALID, path, "letter id");
    }
  }

  private static void reason(String reason, Enum<?>[] known, Problems problems) {
    if (reason.isBlank()) {
      problems.add(RefusalReason.FIELD_MISSING, "reason");
    } else if (Arrays.stream(known).noneMatch(k -> k.name().equals(reason))) {
      problems.add(RefusalReason.REASON_UNKNOWN, "reason");
    }
  }
}
