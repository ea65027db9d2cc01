package dk.attestbro.port;

import dk.attestbro.model.DeliveryOutcome;

/** Hands a mail that the gateway wrote itself to the mail system. */
@FunctionalInterface
public interface MailSubmission {
  /**
   * Tries once, within the channel's time limits. Never throws for what the world does.
   *
   * @param mail the exact bytes; fit to be seen on the way
   */
  DeliveryOutcome submit(MailAddress to, byte[] mail);
}
