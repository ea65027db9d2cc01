package dk.attestbro.jdbc;

/** The database cannot be used as things stand; the message says what to mend, without secrets. */
public final class DatabaseUnusable extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DatabaseUnusable(String message) {
    super(message);
  }

  DatabaseUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
