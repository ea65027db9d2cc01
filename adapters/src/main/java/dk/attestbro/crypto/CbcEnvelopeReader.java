package dk.attestbro.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.EncryptedContentInfoParser;
import org.bouncycastle.asn1.cms.EnvelopedDataParser;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSException;

/**
 * EnvelopedData with AES-CBC, which S/MIME 3.2 clients write. Nothing protects what comes out from
 * change: it may be used only where a signature inside holds.
 */
final class CbcEnvelopeReader {
  private static final Set<ASN1ObjectIdentifier> CONTENT =
      Set.of(NISTObjectIdentifiers.id_aes128_CBC, NISTObjectIdentifiers.id_aes256_CBC);

  private final ContentKeys keys;

  CbcEnvelopeReader(ContentKeys keys) {
    this.keys = keys;
  }

  byte[] decrypt(byte[] cms) throws CmsRefused {
    try {
      return decrypted(cms);
    } catch (IOException | GeneralSecurityException | CMSException | RuntimeException broken) {
      throw CmsRefused.unreadable("cannot be decrypted");
    }
  }

  private byte[] decrypted(byte[] cms)
      throws IOException, GeneralSecurityException, CMSException, CmsRefused {
    ContentInfoParser info =
        new ContentInfoParser((ASN1SequenceParser) new ASN1StreamParser(cms).readObject());
    EnvelopedDataParser envelope =
        new EnvelopedDataParser((ASN1SequenceParser) info.getContent(BERTags.SEQUENCE));
    envelope.getOriginatorInfo();
    ASN1Set recipientInfos = ASN1Set.getInstance(envelope.getRecipientInfos().toASN1Primitive());
    EncryptedContentInfoParser encrypted = envelope.getEncryptedContentInfo();
    AlgorithmIdentifier algorithm = encrypted.getContentEncryptionAlgorithm();
    if (!CONTENT.contains(algorithm.getAlgorithm())) {
      throw CmsRefused.algorithm("is not encrypted with AES");
    }
    Key key = keys.of(recipientInfos, algorithm, true);
    Collected content = Collected.of(encrypted, cms.length);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key.getEncoded(), "AES"),
        new IvParameterSpec(ASN1OctetString.getInstance(algorithm.getParameters()).getOctets()));
    return cipher.doFinal(content.array(), 0, content.size());
  }
}
