package dk.attestbro.gateway.journey;

/** What became of a mail that came in. */
public enum MailTaken {
  /** Recorded as what it is, now or before. */
  DONE,
  /** Refused, or kept for a person to sort, now or before. */
  NOT_DONE,
  /** Nothing was promised: it stays where it is and comes again. */
  LATER
}
