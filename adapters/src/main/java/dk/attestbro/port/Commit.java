package dk.attestbro.port;

/** What became of a {@link Change}. */
public enum Commit {
  /** All of it is durable. */
  DONE,
  /** Nothing was written: a letter with this sender and id is recorded already. */
  LETTER_EXISTS,
  /** Nothing was written: this sender's Bundle.id is recorded already. */
  BUNDLE_EXISTS,
  /** Nothing was written: a case with this id, or this number of its kind, exists already. */
  CASE_EXISTS,
  /**
   * Nothing was written: a row had another version, or was gone or there already. Read again,
   * decide again.
   */
  STALE
}
