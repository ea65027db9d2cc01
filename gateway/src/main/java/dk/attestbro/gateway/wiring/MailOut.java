package dk.attestbro.gateway.wiring;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MailSubmission;
import dk.attestbro.port.MessageDelivery;
import java.util.Optional;

/** What sends mails; all are empty where this gateway sends none. */
record MailOut(
    Optional<LetterMail> mails,
    Optional<MessageDelivery> delivery,
    Optional<MailSubmission> submission,
    Optional<ChannelProbe> probe) {
  /** What becomes of a mail where none is sent. */
  static final DeliveryOutcome NOT_CONFIGURED =
      new DeliveryOutcome.FatalFailure("CHANNEL_NOT_CONFIGURED");
}
