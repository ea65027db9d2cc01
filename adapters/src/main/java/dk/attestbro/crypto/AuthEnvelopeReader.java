package dk.attestbro.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1SetParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedDataParser;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.EncryptedContentInfoParser;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSException;

/**
 * AuthEnvelopedData (RFC 5083) with AES-GCM, read as a stream and decrypted in one call: the
 * platform's GCM gives nothing out before the tag is verified, and keeps no second copy that way.
 * EnvelopedData, that is CBC, is refused.
 */
final class AuthEnvelopeReader {
  private static final Set<ASN1ObjectIdentifier> CONTENT =
      Set.of(NISTObjectIdentifiers.id_aes128_GCM, NISTObjectIdentifiers.id_aes256_GCM);
  private static final int LEAST_TAG = 12;
  private static final int MOST_TAG = 16;

  private final ContentKeys keys;

  AuthEnvelopeReader(ContentKeys keys) {
    this.keys = keys;
  }

  /**
   * @param pkcs1 whether the key may come by RSA with the padding of PKCS#1 1.5
   */
  byte[] decrypt(byte[] cms, boolean pkcs1) throws CmsRefused {
    try {
      return decrypted(cms, pkcs1);
    } catch (IOException | GeneralSecurityException | CMSException | RuntimeException broken) {
      // One answer for every way to be broken: which one it was is nothing an attacker may learn.
      throw CmsRefused.unreadable("cannot be decrypted");
    }
  }

  private byte[] decrypted(byte[] cms, boolean pkcs1)
      throws IOException, GeneralSecurityException, CMSException, CmsRefused {
    ContentInfoParser info =
        new ContentInfoParser((ASN1SequenceParser) new ASN1StreamParser(cms).readObject());
    if (!CMSObjectIdentifiers.authEnvelopedData.equals(info.getContentType())) {
      throw CmsRefused.unreadable("is no AuthEnvelopedData");
    }
    AuthEnvelopedDataParser envelope =
        new AuthEnvelopedDataParser((ASN1SequenceParser) info.getContent(BERTags.SEQUENCE));
    envelope.getOriginatorInfo();
    ASN1Set recipientInfos = ASN1Set.getInstance(envelope.getRecipientInfos().toASN1Primitive());
    EncryptedContentInfoParser encrypted = envelope.getAuthEncryptedContentInfo();
    AlgorithmIdentifier algorithm = encrypted.getContentEncryptionAlgorithm();
    if (!CONTENT.contains(algorithm.getAlgorithm())) {
      throw CmsRefused.algorithm("is not encrypted with AES-GCM");
    }
    Key key = keys.of(recipientInfos, algorithm, pkcs1);
    Collected content = Collected.of(encrypted, cms.length);
    ASN1SetParser attributes = envelope.getAuthAttrs();
    byte[] associated =
        attributes == null
            ? new byte[0]
            : new DERSet(ASN1Set.getInstance(attributes.toASN1Primitive()).toArray())
                .getEncoded(ASN1Encoding.DER);
    byte[] tag = envelope.getMac().getOctets();
    if (tag.length < LEAST_TAG || tag.length > MOST_TAG) {
      throw CmsRefused.unreadable("the authentication tag has a wrong length");
    }
    content.write(tag);
    return opened(key, algorithm, associated, tag.length, content);
  }

  private static byte[] opened(
      Key key, AlgorithmIdentifier algorithm, byte[] associated, int tagLength, Collected content)
      throws GeneralSecurityException {
    GCMParameters parameters = GCMParameters.getInstance(algorithm.getParameters());
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key.getEncoded(), "AES"),
        new GCMParameterSpec(tagLength * Byte.SIZE, parameters.getNonce()));
    cipher.updateAAD(associated);
    return cipher.doFinal(content.array(), 0, content.size());
  }
}
