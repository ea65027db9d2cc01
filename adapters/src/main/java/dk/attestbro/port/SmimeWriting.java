package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.time.Instant;

/**
 * Makes a MIME entity into an S/MIME 4.0 one (RFC 8551). Both sides are whole MIME entities, their
 * header fields first, in CRLF lines: what comes back goes into a mail behind its own fields.
 */
public interface SmimeWriting {
  /**
   * Signs as the gateway, the content inside, then encrypts to the receiver's certificate with
   * AES-256-GCM.
   *
   * @throws MessageProtection.CertificateUnusable where the certificate is not valid at that time
   *     or cannot be encrypted to
   */
  byte[] protect(byte[] entity, Certificate encryptTo, Instant now);

  /** Signs as the gateway, so that a client without S/MIME can still read it (multipart/signed). */
  byte[] sign(byte[] entity, Instant now);
}
