package dk.attestbro.gateway.wiring;

import dk.attestbro.mail.MailDelivery;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.port.LetterMail;
import java.util.Optional;

/** What sends mails; both are empty where this gateway sends none. */
record MailOut(Optional<LetterMail> mails, Optional<MailDelivery> delivery) {
  /** What becomes of a mail where none is sent. */
  static final DeliveryOutcome NOT_CONFIGURED =
      new DeliveryOutcome.FatalFailure("CHANNEL_NOT_CONFIGURED");
}
