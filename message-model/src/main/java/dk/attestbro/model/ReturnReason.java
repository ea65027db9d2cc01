package dk.attestbro.model;

/** Why psychiatry returns a request unanswered: a normal outcome that stops the clock. */
public enum ReturnReason {
  NOT_OUR_PATIENT,
  INSUFFICIENT_KNOWLEDGE,
  NOT_SEEN_RECENTLY,
  CONSENT_MISSING,
  CONSENT_EXPIRED,
  WRONG_FORM,
  WRONG_UNIT,
  UNCLEAR_PURPOSE,
  TREATMENT_JUST_STARTED,
  OTHER
}
