package dk.attestbro.gateway.api;

import dk.attestbro.model.RefusalReason;

/** What the one table says for what the framework refuses by itself. */
public final class HttpReasons {
  private HttpReasons() {}

  /** The reason in the one table for a status that the framework gives. */
  public static RefusalReason of(int status) {
    return switch (status) {
      case 401 -> RefusalReason.CREDENTIALS_MISSING;
      case 403 -> RefusalReason.NOT_ALLOWED;
      case 404 -> RefusalReason.NOT_FOUND;
      case 405 -> RefusalReason.METHOD_NOT_ALLOWED;
      case 406 -> RefusalReason.NOT_ACCEPTABLE;
      case 413 -> RefusalReason.TOO_LARGE;
      case 415 -> RefusalReason.UNSUPPORTED_MEDIA_TYPE;
      case 503 -> RefusalReason.CANNOT_RECORD;
      // An HTTP version or transfer coding that is not known here.
      case 501, 505 -> RefusalReason.PARAMETER_INVALID;
      default -> status < 500 ? RefusalReason.PARAMETER_INVALID : RefusalReason.INTERNAL_ERROR;
    };
  }
}
