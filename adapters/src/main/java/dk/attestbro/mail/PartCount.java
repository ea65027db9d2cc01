package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;

/** Counts the parts of one mail, through all its layers. */
final class PartCount {
  private final int most;
  private int found;

  PartCount(int most) {
    this.most = most;
  }

  void one() {
    found++;
    if (found > most) {
      throw new MessageRefused(RefusalReason.MAIL_TOO_MANY_PARTS);
    }
  }
}
