package dk.attestbro.jdbc;

import dk.attestbro.port.RecordsUnavailable;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What a failure of the database means to the journey. */
final class SqlFailures {
  private SqlFailures() {}

  /** Whether another commit was quicker: serialisation, deadlock, a unique key (SQLSTATE). */
  static boolean isConflict(SQLException failure) {
    String state = state(failure);
    return state.equals("40001") || state.equals("40P01") || state.equals("23505");
  }

  /** The failure as the port knows it: the world's fault, or ours, which names its SQLSTATE. */
  static RuntimeException translated(SQLException failure) {
    return isUnreachable(failure)
        ? new RecordsUnavailable(failure)
        : new IllegalStateException("the database refused: SQLSTATE " + state(failure), failure);
  }

  /** The same for what Spring wraps. */
  static RuntimeException translated(DataAccessException failure) {
    if (failure instanceof CannotGetJdbcConnectionException) {
      return new RecordsUnavailable(failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return translated(sql);
      }
    }
    return failure;
  }

  // Classes of PostgreSQL's appendix A: 08 connection, 53 resources, 57 operator intervention,
  // 58 system error; 25006 a standby that cannot be written.
  private static boolean isUnreachable(SQLException failure) {
    String state = state(failure);
    return failure instanceof SQLTransientConnectionException
        || failure instanceof SQLRecoverableException
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("58")
        || state.equals("25006");
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }
}
