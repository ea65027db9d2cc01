package dk.attestbro.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail to be written.
 *
 * @param fromName how the sender is shown
 * @param messageId with its angle brackets, as {@code threads}
 * @param threads what it refers to, so that the mails of a case are shown together
 * @param readReceipt whether the receiver is asked for a disposition notification (RFC 8098)
 * @param text what a person reads, its lines ended by {@code \n}
 */
public record MailDraft(
    MailAddress from,
    String fromName,
    MailAddress to,
    Instant date,
    String messageId,
    Optional<String> threads,
    String subject,
    boolean readReceipt,
    String text,
    List<MailContents.File> files) {
  public MailDraft {
    files = List.copyOf(files);
  }

  @Override
  public String toString() {
    return "MailDraft[" + messageId + ", " + files.size() + " files]";
  }
}
