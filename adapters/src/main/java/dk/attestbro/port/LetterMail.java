package dk.attestbro.port;

import java.time.Instant;

/**
 * Writes the mails that letters go out as: a text for people, the documents, and the message as it
 * was received. Each is a whole mail (RFC 5322). Nobody can tell from the header of any of them
 * whom the letter is about.
 */
public interface LetterMail {
  /**
   * The letter, signed and encrypted to the endpoint's certificate.
   *
   * @throws MessageProtection.CertificateUnusable as {@link SmimeWriting#protect}
   */
  byte[] encrypted(Delivery delivery, Instant now);

  /** The letter in clear text: for a connection that protects it up to the receiver's domain. */
  byte[] open(Delivery delivery, Instant now);

  /** Says that a letter waits which may not go by this way, and nothing of what it says. */
  byte[] notice(Delivery delivery, Instant now);
}
