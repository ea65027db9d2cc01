package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MessageProtection;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * CMS, signed then encrypted: SignedData (RFC 5652) within AuthEnvelopedData (RFC 5083) with
 * AES-256-GCM. What is signed is the payload behind its media type, as a small MIME entity. Whether
 * a certificate may be relied upon is not asked here but by its dates and key.
 */
public final class CmsProtection implements MessageProtection {
  /** The Content-Type of what {@link #protect} gives (RFC 8551, 3.2). */
  public static final String CONTENT_TYPE = "application/pkcs7-mime; smime-type=authEnveloped-data";

  private final Supplier<CmsWriter> writer;
  private final Supplier<CmsReader> reader;

  /** With the gateway's own keys as they stand at each message. */
  public CmsProtection(GatewayKeys keys, PrivateKeyOperations operations) {
    this.writer = keys.derive(set -> new CmsWriter(set.signing(), operations));
    this.reader = keys.derive(set -> new CmsReader(set.opening(), operations));
  }

  /**
   * @param signing signs what is sent
   * @param opening opens what was encrypted to any of them
   */
  public CmsProtection(
      KeyAndCertificate signing, List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    CmsWriter ownWriter = new CmsWriter(signing, operations);
    CmsReader ownReader = new CmsReader(opening, operations);
    this.writer = () -> ownWriter;
    this.reader = () -> ownReader;
  }

  @Override
  public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
    return writer.get().write(content, encryptTo, now);
  }

  @Override
  public Opened open(byte[] cms, Instant now) {
    try {
      return reader.get().read(cms, now);
    } catch (CmsRefused refused) {
      throw new MessageRefused(refused.reason());
    }
  }
}
