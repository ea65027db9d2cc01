package dk.attestbro.port;

import java.util.Optional;

/**
 * A message disposition notification (RFC 8098).
 *
 * @param originalMessageId the Message-ID of the mail that it is about
 * @param disposition what became of it, in lower case: {@code displayed}, {@code processed}, {@code
 *     deleted} and what else a client says
 * @param automatic whether a machine did it, and no person
 */
public record ReadReceipt(
    Optional<String> originalMessageId, String disposition, boolean automatic) {
  /** Whether it says that a person, or a system for a person, has the mail before it. */
  public boolean isShown() {
    return disposition.equals("displayed") || disposition.equals("processed");
  }
}
