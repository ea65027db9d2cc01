package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.KeysUnusable;
import dk.attestbro.directory.DirectoryInvalid;

/** The gateway does not start as things stand; the message says what to mend. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }

  private StartRefused(String message, Throwable cause) {
    super(message, cause);
  }

  /** The reason behind a failed start, in the words of the part that refused. */
  static StartRefused of(RuntimeException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused refused) {
        return refused;
      }
      if (cause instanceof DirectoryInvalid || cause instanceof KeysUnusable) {
        return new StartRefused(String.valueOf(cause.getMessage()), failed);
      }
    }
    Throwable root = failed;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new StartRefused(String.valueOf(root.getMessage()), failed);
  }
}
