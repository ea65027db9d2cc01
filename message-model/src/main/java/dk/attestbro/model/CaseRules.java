package dk.attestbro.model;

import dk.attestbro.model.CertificateCase.State;
import java.util.Optional;

/**
 * Who may do what in which state of a case, and what it does: pure functions. The order in which
 * turns become known does not matter, only their times do.
 */
public final class CaseRules {
  private CaseRules() {}

  /**
   * The case after this turn; the same case where the turn is known already.
   *
   * @throws MessageRefused CASE_PARTY_WRONG where it is not that party's turn to take,
   *     REPLY_UNKNOWN where it is about a reply that was never given, CASE_STATE_FORBIDS where the
   *     case is not where the turn needs it
   */
  public static CertificateCase take(CertificateCase before, Turn turn, WorkCalendar calendar) {
    if (before.turns().stream().anyMatch(turn::repeats)) {
      return before;
    }
    refusal(before, turn)
        .ifPresent(
            reason -> {
              throw new MessageRefused(Refusal.of(reason, "caseId", before.state().name()));
            });
    return before.with(turn, calendar);
  }

  /** Why this turn cannot be taken at its place among the known ones. */
  static Optional<RefusalReason> refusal(CertificateCase before, Turn turn) {
    CaseHistory history = new CaseHistory(before.opening());
    before.turns().stream()
        .filter(known -> Turn.ORDER.compare(known, turn) < 0)
        .forEach(history::take);
    return history.take(turn);
  }

  /** Whether the state allows it at all: the table of docs/dialogue.md. */
  public static boolean allows(State state, Turn.Kind kind) {
    return switch (kind) {
      case ACKNOWLEDGED, REFUSED, ASSIGNED, SUCCEEDED -> true;
      case REPLIED, INTERIM_ACCEPTED, RETURNED, CANCELLED, FORWARDED, CONSENT_LAPSED, ESCALATED ->
          state.isOpen();
      // These may cross the reply on their way; then they change nothing.
      case INTERIM_REPLIED, REMINDED, QUESTION_ASKED, QUESTION_ANSWERED ->
          state.isOpen() || state == State.REPLIED;
      case CORRECTED, RETRACTED -> state == State.REPLIED || state == State.FILED;
      case CONSENT_WITHDRAWN -> state.isOpen() || state == State.REPLIED;
      case FILED -> !state.isOpen();
    };
  }

  /**
   * Which part in its case the sender of a letter has. MedCom's messages, which are no case
   * letters, say nothing of it.
   */
  public static Turn.Role roleOfSender(EventCode event) {
    if (opens(event)) {
      return Turn.Role.REQUESTER;
    }
    return event == EventCode.MENTOR_OUTCOME
        ? Turn.Role.RESPONDER
        : kindOf(event).map(Turn.Kind::role).orElse(Turn.Role.EITHER);
  }

  /** Whether a letter begins a case: a certificate's, or that of a discharge. */
  public static boolean opens(EventCode event) {
    return event == EventCode.CERTIFICATE_REQUEST || event == EventCode.DISCHARGE_NOTICE;
  }

  /** The letters that take a turn in a case; the request opens it. */
  public static Optional<Turn.Kind> kindOf(EventCode event) {
    return Optional.ofNullable(
        switch (event) {
          case CERTIFICATE_REPLY -> Turn.Kind.REPLIED;
          case CERTIFICATE_INTERIM_REPLY -> Turn.Kind.INTERIM_REPLIED;
          case CERTIFICATE_RETURNED -> Turn.Kind.RETURNED;
          case CERTIFICATE_REMINDER -> Turn.Kind.REMINDED;
          case CERTIFICATE_CANCELLATION -> Turn.Kind.CANCELLED;
          case CLARIFICATION_QUESTION -> Turn.Kind.QUESTION_ASKED;
          case CLARIFICATION_ANSWER -> Turn.Kind.QUESTION_ANSWERED;
          case CERTIFICATE_CORRECTION -> Turn.Kind.CORRECTED;
          case CERTIFICATE_RETRACTION -> Turn.Kind.RETRACTED;
          case CERTIFICATE_FORWARDED -> Turn.Kind.FORWARDED;
          case CONSENT_WITHDRAWN -> Turn.Kind.CONSENT_WITHDRAWN;
          case FILED -> Turn.Kind.FILED;
          case CERTIFICATE_REQUEST,
              DISCHARGE_NOTICE,
              MENTOR_OUTCOME,
              CARE_COMMUNICATION,
              HOSPITAL_NOTIFICATION,
              ACKNOWLEDGEMENT ->
              null;
        });
  }
}
