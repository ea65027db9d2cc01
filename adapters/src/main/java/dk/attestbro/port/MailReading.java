package dk.attestbro.port;

import dk.attestbro.model.RefusalReason;
import java.util.Optional;

/** What one mail turned out to be. */
public sealed interface MailReading {
  /** What its header says; of a refused mail as much as could be read. */
  MailHead head();

  /**
   * A mail that could be taken apart.
   *
   * @param head what the header says; what the signature covers of it comes from there
   * @param signature whose signature covers the whole content; empty where nothing is signed
   * @param contents what is inside
   * @param purpose what it is for
   */
  record Read(
      MailHead head, Optional<MailSignature> signature, MailContents contents, MailPurpose purpose)
      implements MailReading {}

  /** A mail from which nothing may be taken, and why. */
  record Refused(MailHead head, RefusalReason reason) implements MailReading {}
}
