package dk.attestbro.model;

import java.util.Arrays;
import java.util.List;

/**
 * What must hold of the short letters of a case: returned, cancelled and filed. Paths are those of
 * the plain JSON.
 */
public final class CaseLetterRules {
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

  private static void reason(String reason, Enum<?>[] known, Problems problems) {
    if (reason.isBlank()) {
      problems.add(RefusalReason.FIELD_MISSING, "reason");
    } else if (Arrays.stream(known).noneMatch(k -> k.name().equals(reason))) {
      problems.add(RefusalReason.REASON_UNKNOWN, "reason");
    }
  }
}
