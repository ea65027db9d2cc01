package dk.attestbro.port;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A delivery status notification (RFC 3464).
 *
 * @param envelopeId the ENVID that the mail was sent with
 * @param originalMessageId the Message-ID of the mail that it is about, from what it returns of it
 * @param recipients what became of it, for each recipient
 */
public record DeliveryStatus(
    Optional<String> envelopeId, Optional<String> originalMessageId, List<Recipient> recipients) {
  public DeliveryStatus {
    recipients = List.copyOf(recipients);
  }

  /**
   * One recipient.
   *
   * @param address the original recipient where that is told, else the final one
   * @param status the enhanced status code (RFC 3463), as {@code 5.1.1}; empty where it has another
   *     form
   */
  public record Recipient(Optional<MailAddress> address, Action action, Optional<String> status) {}

  /** What a mail server did. */
  public enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED,
    /** A word that RFC 3464 does not have. */
    UNKNOWN;

    /** Reads the word, whatever its case. */
    public static Action of(String word) {
      for (Action action : values()) {
        if (action.name().equals(word.strip().toUpperCase(Locale.ROOT))) {
          return action;
        }
      }
      return UNKNOWN;
    }
  }
}
