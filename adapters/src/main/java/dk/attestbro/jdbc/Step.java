package dk.attestbro.jdbc;

import dk.attestbro.port.Commit;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One statement of a commit. Where {@code otherwise} is there, the statement must change exactly
 * one row, else the commit ends as that says.
 */
record Step(Place place, String key, String sql, Optional<Commit> otherwise, Binding binding) {

  /**
   * The order in which every commit takes its locks, so that no two wait for each other: by table,
   * then by key. What all commits of a party or a case share comes last and is held shortest.
   */
  enum Place {
    LETTER,
    RECEIPT,
    ENVELOPE,
    CONTENT,
    SIGNATURE,
    OUTBOX,
    CASE,
    FACT_PLACE,
    FACT,
    TRANSMISSION,
    PAUSE,
    TO_BE_SORTED,
    BREAK_GLASS,
    INBOX,
    NOTICE,
    EVIDENCE
  }

  /** Gives the statement its parameters. */
  interface Binding {
    void bind(Parameters parameters) throws SQLException;
  }
}
