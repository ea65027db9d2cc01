package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeliveryRules;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import java.time.Instant;

/** The outbox row of a letter that sets out, for the first time or again after it was dead. */
final class Requeue {
  private Requeue() {}

  /** A row due now; a letter that perhaps was delivered before stays perhaps delivered. */
  static OutboxRow row(Letter letter, Party receiver, BundleId bundle, Instant now) {
    Endpoint endpoint = receiver.endpoint().orElseThrow();
    OutboxRow row =
        OutboxRow.first(letter.ref(), receiver.id(), bundle, now, endpoint.timeToLive());
    boolean ended = letter.status() == LetterStatus.DEAD || letter.status() == LetterStatus.CLOSED;
    return ended && !DeliveryRules.provesNeverDelivered(letter.problems())
        ? row.perhapsDeliveredBefore()
        : row;
  }
}
