package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Payload;
import java.time.Instant;

/** CMS in transit (RFC 5652, RFC 5083): sign, then encrypt, over the whole content. */
public interface MessageProtection {
  /**
   * Signs as the gateway and encrypts to the receiver's certificate.
   *
   * @throws CertificateUnusable where the certificate is not valid at that time or cannot be
   *     encrypted to
   */
  byte[] protect(Payload content, Certificate encryptTo, Instant now);

  /**
   * Opens a CMS message to the gateway and verifies its signature.
   *
   * @throws dk.attestbro.model.MessageRefused CMS_NOT_READABLE or CMS_SIGNATURE_INVALID
   */
  Opened open(byte[] cms, Instant now);

  /** What was inside, and the fingerprint of the certificate that signed it. */
  record Opened(Payload content, Digest signer) {}

  /** A certificate that nothing may be encrypted to now. The message is a code. */
  final class CertificateUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificateUnusable(String code) {
      super(code);
    }
  }
}
