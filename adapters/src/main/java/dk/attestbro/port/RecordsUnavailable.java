package dk.attestbro.port;

/** The records cannot be reached or written right now. Nothing was promised. */
public final class RecordsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RecordsUnavailable(Throwable cause) {
    super("the records cannot be reached", cause);
  }
}
