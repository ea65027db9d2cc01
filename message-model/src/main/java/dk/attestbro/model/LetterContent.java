package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Optional;

/** What a case letter says, apart from its ids and parties: one record per event that we build. */
public sealed interface LetterContent {
  /** The event that carries it. */
  EventCode event();

  record Request(CertificateRequest request) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_REQUEST;
    }
  }

  record Reply(CertificateReply reply) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_REPLY;
    }
  }

  /**
   * Returned unanswered; the reason's name, kept as text so that an unknown one can be reported.
   */
  record Returned(String reason, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_RETURNED;
    }

    @Override
    public String toString() {
      return "Returned[" + reason + "]";
    }
  }

  record Cancelled(String reason, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_CANCELLATION;
    }

    @Override
    public String toString() {
      return "Cancelled[" + reason + "]";
    }
  }

  /** Journalised under the filer's own reference, which may be empty. */
  record Filed(String reference) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.FILED;
    }

    @Override
    public String toString() {
      return "Filed[]";
    }
  }

  /** On its way, and when it is expected; moves no deadline. */
  record InterimReply(Optional<LocalDate> expectedBy, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_INTERIM_REPLY;
    }

    @Override
    public String toString() {
      return "InterimReply[]";
    }
  }

  /** Where is it: a {@link #NOTICE} before the deadline, a {@link #REMINDER} after it. */
  record Reminder(String kind, String text) implements LetterContent {
    public static final String NOTICE = "notice";
    public static final String REMINDER = "reminder";

    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_REMINDER;
    }

    @Override
    public String toString() {
      return "Reminder[]";
    }
  }

  /**
   * A question about the case; {@code linkId} is the question of the form that it is about, or
   * empty.
   */
  record Question(String text, String linkId) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CLARIFICATION_QUESTION;
    }

    @Override
    public String toString() {
      return "Question[]";
    }
  }

  /** The answer to a question about the case. */
  record Clarification(String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CLARIFICATION_ANSWER;
    }

    @Override
    public String toString() {
      return "Clarification[]";
    }
  }

  /** A reply that takes the place of an earlier one: the id of that letter, and why. */
  record Correction(CertificateReply reply, String corrects, String reason)
      implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_CORRECTION;
    }

    @Override
    public String toString() {
      return "Correction[" + reply + "]";
    }
  }

  /**
   * A reply taken back: its letter id and the reason's name, both kept as text so that a wrong one
   * can be reported.
   */
  record Retraction(String retracts, String reason, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_RETRACTION;
    }

    @Override
    public String toString() {
      return "Retraction[]";
    }
  }

  /** Handed to another unit, which owns the clock from now on. */
  record Forwarded(OrganisationIds to, String toName, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CERTIFICATE_FORWARDED;
    }

    @Override
    public String toString() {
      return "Forwarded[]";
    }
  }

  /** The citizen withdrew the consent on this day. */
  record ConsentWithdrawn(Optional<LocalDate> at, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.CONSENT_WITHDRAWN;
    }

    @Override
    public String toString() {
      return "ConsentWithdrawn[]";
    }
  }

  /** When a citizen is discharged, from which unit, and whom to call there. */
  record DischargeNotice(
      Optional<Citizen> citizen,
      Optional<LocalDate> dischargeDate,
      String unit,
      Optional<Contact> contact,
      String text)
      implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.DISCHARGE_NOTICE;
    }

    @Override
    public String toString() {
      return "DischargeNotice[]";
    }
  }

  /**
   * Whether a discharge mentor was offered: the name of a {@link MentorOutcomeCode}, kept as text
   * so that an unknown one can be reported.
   */
  record MentorOutcome(String outcome, String text) implements LetterContent {
    @Override
    public EventCode event() {
      return EventCode.MENTOR_OUTCOME;
    }

    @Override
    public String toString() {
      return "MentorOutcome[]";
    }
  }
}
