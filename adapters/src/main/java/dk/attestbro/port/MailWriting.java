package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.time.Instant;

/** Makes mails of what they are to say. */
public interface MailWriting {
  /** The mail in clear text. */
  byte[] open(MailDraft draft);

  /**
   * The mail as S/MIME 4.0, its header fields under the signature too.
   *
   * @throws MessageProtection.CertificateUnusable as {@link SmimeWriting#protect}
   */
  byte[] encrypted(MailDraft draft, Certificate encryptTo, Instant now);
}
