package dk.attestbro.crypto;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.SmimeOpening;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfoParser;

/**
 * Reads SignedData, inside or beside, AuthEnvelopedData with AES-GCM, and EnvelopedData with
 * AES-CBC where that is allowed. Compressed data is refused unopened.
 */
public final class SmimeReader implements SmimeOpening {
  private final AuthEnvelopeReader envelope;
  private final CbcEnvelopeReader cbcEnvelope;
  private final SmimeSignatures signatures = new SmimeSignatures();

  /**
   * @param opening opens what was encrypted to any of them
   */
  public SmimeReader(List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    ContentKeys keys = new ContentKeys(opening, operations);
    this.envelope = new AuthEnvelopeReader(keys);
    this.cbcEnvelope = new CbcEnvelopeReader(keys);
  }

  @Override
  public Layer open(byte[] cms, boolean cbc) {
    ASN1ObjectIdentifier type = contentType(cms);
    if (CMSObjectIdentifiers.signedData.equals(type)) {
      return signatures.inside(cms);
    }
    if (CMSObjectIdentifiers.compressedData.equals(type)) {
      throw new MessageRefused(RefusalReason.SMIME_COMPRESSED);
    }
    try {
      if (CMSObjectIdentifiers.authEnvelopedData.equals(type)) {
        return new Decrypted(envelope.decrypt(cms, true));
      }
      if (CMSObjectIdentifiers.envelopedData.equals(type)) {
        if (!cbc) {
          throw new MessageRefused(RefusalReason.SMIME_ALGORITHM_NOT_TAKEN);
        }
        return new Decrypted(cbcEnvelope.decrypt(cms));
      }
    } catch (CmsRefused refused) {
      throw new MessageRefused(
          refused.isAlgorithm()
              ? RefusalReason.SMIME_ALGORITHM_NOT_TAKEN
              : RefusalReason.SMIME_NOT_DECRYPTED);
    } catch (StackOverflowError nested) {
      throw new MessageRefused(RefusalReason.SMIME_NOT_READABLE);
    }
    throw new MessageRefused(RefusalReason.SMIME_NOT_READABLE);
  }

  @Override
  public Verified verify(byte[] content, byte[] signature) {
    return signatures.beside(content, signature);
  }

  private static ASN1ObjectIdentifier contentType(byte[] cms) {
    try {
      if (new ASN1StreamParser(cms).readObject() instanceof ASN1SequenceParser sequence) {
        return new ContentInfoParser(sequence).getContentType();
      }
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      // Answered below: it is no CMS.
    }
    throw new MessageRefused(RefusalReason.SMIME_NOT_READABLE);
  }
}
