package dk.attestbro.mail;

import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.SearchTerm;

/**
 * The keyword that marks mails which were taken and stay where they are. Not the mark for read
 * mails: a person who looks into the box must not make the gateway overlook one.
 */
public final class MailMark {
  private static final Flags TAKEN = new Flags("AttestbroTaken");

  private MailMark() {}

  /** Every mail that is not marked. */
  public static SearchTerm unmarked() {
    return new FlagTerm(TAKEN, false);
  }

  public static void mark(Message message) throws MessagingException {
    message.setFlags(TAKEN, true);
  }
}
