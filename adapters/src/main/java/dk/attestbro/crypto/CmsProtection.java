package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MessageProtection;
import java.time.Instant;
import java.util.List;

/**
 * CMS, signed then encrypted: SignedData (RFC 5652) within AuthEnvelopedData (RFC 5083) with
 * AES-256-GCM. What is signed is the payload behind its media type, as a small MIME entity. Whether
 * a certificate may be relied upon is not asked here but by its dates and key.
 */
public final class CmsProtection implements MessageProtection {
  /** The Content-Type of what {@link #protect} gives (RFC 8551, 3.2). */
  public static final String CONTENT_TYPE = "application/pkcs7-mime; smime-type=authEnveloped-data";

  private final CmsWriter writer;
  private final CmsReader reader;

  /** With the gateway's own keys. */
  public CmsProtection(GatewayKeys keys, PrivateKeyOperations operations) {
    this(keys.signing(), keys.opening(), operations);
  }

  /**
   * @param signing signs what is sent
   * @param opening opens what was encrypted to any of them
   */
  public CmsProtection(
      KeyAndCertificate signing, List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    this.writer = new CmsWriter(signing, operations);
    this.reader = new CmsReader(opening, operations);
  }

  @Override
  public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
    return writer.write(content, encryptTo, now);
  }

  @Override
  public Opened open(byte[] cms, Instant now) {
    try {
      return reader.read(cms, now);
    } catch (CmsRefused refused) {
      throw new MessageRefused(
          refused.isSignature()
              ? RefusalReason.CMS_SIGNATURE_INVALID
              : RefusalReason.CMS_NOT_READABLE);
    }
  }
}
