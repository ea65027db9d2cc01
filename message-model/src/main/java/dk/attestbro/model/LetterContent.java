package dk.attestbro.model;

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
}
