package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What must hold of a certificate request, however it came. Paths are those of the plain JSON
 * ({@code consent.validUntil}, {@code questions[2]}); all problems are told at once.
 */
public final class CertificateRequestRules {
  /** The most free questions in one request. */
  public static final int MOST_QUESTIONS = 99;

  /** The longest text of purpose, facts, scope and justification, in characters. */
  public static final int LONG_TEXT = 10_000;

  /** The longest free question, in characters. */
  public static final int QUESTION = 2_000;

  /** The longest name or reference, in characters. */
  public static final int SHORT_TEXT = 200;

  /**
   * The least number of days from dispatch to a deadline that the requester sets (Bekendtgørelse
   * 473/2021 chapter 5 on LÆ285).
   */
  public static final int LEAST_DAYS_TO_SET_DATE = 8;

  private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{6,14}|\\d{8}");

  private CertificateRequestRules() {}

  /** Everything that is wrong with the request on this date; empty where nothing is. */
  public static List<Problem> check(CertificateRequest request, Forms forms, LocalDate today) {
    Problems problems = new Problems();
    form(request.form(), forms, today, problems);
    request
        .citizen()
        .ifPresentOrElse(
            citizen -> CitizenRules.check(citizen, problems),
            () -> problems.add(RefusalReason.CITIZEN_MISSING, "citizen"));
    problems.required("purpose", request.purpose(), LONG_TEXT, RefusalReason.PURPOSE_MISSING);
    questions(request.questions(), problems);
    problems.optional("facts", request.facts(), LONG_TEXT);
    request
        .consent()
        .ifPresentOrElse(
            consent -> consent(consent, today, problems),
            () -> problems.add(RefusalReason.CONSENT_MISSING, "consent", "basis"));
    request
        .contact()
        .ifPresentOrElse(
            contact -> contact(contact, problems),
            () -> problems.add(RefusalReason.CONTACT_MISSING, "contact"));
    problems.optional("reference", request.reference(), SHORT_TEXT);
    setDate(request, forms, today, problems);
    if (request.caseStartedOn().filter(today::isBefore).isPresent()) {
      problems.add(RefusalReason.DATES_IN_WRONG_ORDER, "caseStartedOn", "max " + today);
    }
    return problems.all();
  }

  /** Whether it is a number that can be dialled: E.164, or eight Danish digits; spaces allowed. */
  public static boolean isPhone(String phone) {
    return PHONE.matcher(phone.replace(" ", "")).matches();
  }

  private static void form(String codeOrId, Forms forms, LocalDate today, Problems problems) {
    Optional<Form> form = forms.find(codeOrId);
    if (form.isEmpty()) {
      problems.add(RefusalReason.FORM_UNKNOWN, "form");
    } else if (!form.get().isValidOn(today)) {
      problems.add(RefusalReason.FORM_NOT_VALID, "form", form.get().id());
    }
  }

  /** Of a form whose deadline may be set by the requester, the responder has a least of days. */
  private static void setDate(
      CertificateRequest request, Forms forms, LocalDate today, Problems problems) {
    boolean setsTheDeadline =
        forms
            .find(request.form())
            .map(form -> form.deadlineRuleOn(today))
            .filter(rule -> rule.startsAt(DeadlineRule.StartEvent.SET_DATE))
            .isPresent();
    LocalDate earliest = today.plusDays(LEAST_DAYS_TO_SET_DATE);
    if (setsTheDeadline && request.wishedBy().filter(earliest::isAfter).isPresent()) {
      problems.add(
          RefusalReason.FIELD_INVALID, "wishedBy", "min " + LEAST_DAYS_TO_SET_DATE + " days");
    }
  }

  private static void questions(List<String> questions, Problems problems) {
    if (questions.size() > MOST_QUESTIONS) {
      problems.add(RefusalReason.FIELD_INVALID, "questions", "max " + MOST_QUESTIONS);
    }
    for (int i = 0; i < questions.size(); i++) {
      problems.required(
          "questions[" + i + "]", questions.get(i), QUESTION, RefusalReason.FIELD_INVALID);
    }
  }

  private static void consent(Consent consent, LocalDate today, Problems problems) {
    if (!consent.basis().needsConsent()) {
      problems.required(
          "consent.justification",
          consent.justification(),
          LONG_TEXT,
          RefusalReason.CONSENT_MISSING);
      problems.optional("consent.scope", consent.scope(), LONG_TEXT);
      return;
    }
    problems.required("consent.scope", consent.scope(), LONG_TEXT, RefusalReason.CONSENT_MISSING);
    problems.optional("consent.justification", consent.justification(), LONG_TEXT);
    if (consent.givenAt().isEmpty()) {
      problems.add(RefusalReason.CONSENT_MISSING, "consent.givenAt");
    } else if (consent.givenAt().get().isAfter(today)) {
      problems.add(RefusalReason.CONSENT_IN_FUTURE, "consent.givenAt");
    }
    if (consent.validUntil().isEmpty()) {
      problems.add(RefusalReason.CONSENT_MISSING, "consent.validUntil");
    } else if (consent.validUntil().get().isBefore(today)) {
      problems.add(RefusalReason.CONSENT_EXPIRED, "consent.validUntil");
    } else if (consent.givenAt().isPresent()
        && consent.validUntil().get().isAfter(consent.givenAt().get().plusYears(1))) {
      problems.add(RefusalReason.CONSENT_TOO_LONG, "consent.validUntil");
    }
  }

  /** Name and phone of a contact who can be called, at {@code contact}; missing where absent. */
  public static List<Problem> check(Optional<Contact> contact) {
    Problems problems = new Problems();
    contact.ifPresentOrElse(
        found -> contact(found, problems),
        () -> problems.add(RefusalReason.CONTACT_MISSING, "contact"));
    return problems.all();
  }

  static void contact(Contact contact, Problems problems) {
    problems.required("contact.name", contact.name(), SHORT_TEXT, RefusalReason.CONTACT_MISSING);
    if (!isPhone(contact.phone())) {
      problems.add(RefusalReason.PHONE_MISSING, "contact.phone");
    }
  }
}
