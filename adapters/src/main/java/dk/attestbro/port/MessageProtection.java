package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * @throws dk.attestbro.model.MessageRefused CMS_NOT_READABLE, CMS_SIGNATURE_INVALID, or why the
   *     signer's certificate is not relied upon
   */
  Opened open(byte[] cms, Instant now);

  /**
   * What was inside, the certificate that signed it, and the others that came with it: perhaps its
   * issuers'.
   *
   * @param signature as it was made over the content
   * @param trust by what the certificate is relied upon, where that was judged
   */
  record Opened(
      Payload content,
      Certificate certificate,
      List<Certificate> others,
      SenderSignature signature,
      Optional<CertificateTrust.Trusted> trust) {
    public Opened {
      others = List.copyOf(others);
    }

    /** Opened, and its certificate not judged yet. */
    public Opened(
        Payload content,
        Certificate certificate,
        List<Certificate> others,
        SenderSignature signature) {
      this(content, certificate, others, signature, Optional.empty());
    }

    /** The same, its certificate judged. */
    public Opened reliedOnBy(CertificateTrust.Trusted judged) {
      return new Opened(content, certificate, others, signature, Optional.of(judged));
    }

    /** The fingerprint of the certificate that signed it. */
    public Digest signer() {
      return certificate.fingerprint();
    }
  }

  /** A certificate that nothing may be encrypted to now. The message is a code. */
  final class CertificateUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificateUnusable(String code) {
      super(code);
    }
  }
}
