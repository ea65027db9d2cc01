package dk.attestbro.port;

import dk.attestbro.model.MailIds;

/**
 * What a delivery notice must name to be believed: 16 characters that the mail servers are told
 * with a mail and that stand nowhere in it, so that nobody can guess them who only has the mail.
 */
@FunctionalInterface
public interface NoticeTokens {
  /** The same one each time for the same envelope. */
  String of(MailIds.Envelope envelope);
}
