package dk.attestbro.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1OctetStringParser;
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
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipient;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * AuthEnvelopedData (RFC 5083) with AES-GCM, read as a stream and decrypted in one call: the
 * platform's GCM gives nothing out before the tag is verified, and keeps no second copy that way.
 * EnvelopedData, that is CBC, is refused.
 */
final class AuthEnvelopeReader {
  private static final Set<ASN1ObjectIdentifier> CONTENT =
      Set.of(NISTObjectIdentifiers.id_aes128_GCM, NISTObjectIdentifiers.id_aes256_GCM);
  private static final Set<ASN1ObjectIdentifier> AGREEMENTS =
      Set.of(
          SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme,
          SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme,
          SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme);
  private static final Map<ASN1ObjectIdentifier, MGF1ParameterSpec> OAEP_DIGESTS =
      Map.of(
          NISTObjectIdentifiers.id_sha256, MGF1ParameterSpec.SHA256,
          NISTObjectIdentifiers.id_sha384, MGF1ParameterSpec.SHA384,
          NISTObjectIdentifiers.id_sha512, MGF1ParameterSpec.SHA512);
  private static final int LEAST_TAG = 12;
  private static final int MOST_TAG = 16;

  private final List<Recipient> recipients;
  private final PrivateKeyOperations operations;

  /** One of our keys, and how a message names it. */
  private record Recipient(
      PrivateKey key,
      X500Name issuer,
      BigInteger serial,
      byte @Nullable [] keyIdentifier,
      boolean curve) {
    static Recipient of(KeyAndCertificate opening) {
      X509Certificate certificate = opening.certificate();
      byte[] extension = certificate.getExtensionValue("2.5.29.14");
      return new Recipient(
          opening.key(),
          X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded()),
          certificate.getSerialNumber(),
          extension == null
              ? null
              : ASN1OctetString.getInstance(ASN1OctetString.getInstance(extension).getOctets())
                  .getOctets(),
          !Providers.isRsa(opening.key()));
    }

    boolean isNamedBy(@Nullable IssuerAndSerialNumber name, @Nullable ASN1OctetString identifier) {
      if (name != null) {
        return issuer.equals(name.getName()) && serial.equals(name.getSerialNumber().getValue());
      }
      return identifier != null
          && keyIdentifier != null
          && Arrays.areEqual(keyIdentifier, identifier.getOctets());
    }
  }

  AuthEnvelopeReader(List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    this.recipients = opening.stream().map(Recipient::of).toList();
    this.operations = operations;
  }

  byte[] decrypt(byte[] cms) throws CmsRefused {
    try {
      return decrypted(cms);
    } catch (IOException | GeneralSecurityException | CMSException | RuntimeException broken) {
      // One answer for every way to be broken: which one it was is nothing an attacker may learn.
      throw CmsRefused.unreadable("cannot be decrypted");
    }
  }

  private byte[] decrypted(byte[] cms)
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
      throw CmsRefused.unreadable("is not encrypted with AES-GCM");
    }
    Key key = contentKey(recipientInfos, algorithm);
    Collected content = new Collected(cms.length);
    try (InputStream octets =
        ((ASN1OctetStringParser) encrypted.getEncryptedContent(BERTags.OCTET_STRING))
            .getOctetStream()) {
      octets.transferTo(content);
    }
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

  private Key contentKey(ASN1Set recipientInfos, AlgorithmIdentifier contentAlgorithm)
      throws GeneralSecurityException, CMSException, CmsRefused {
    for (ASN1Encodable element : recipientInfos) {
      ASN1Encodable info = RecipientInfo.getInstance(element).getInfo();
      for (Recipient recipient : recipients) {
        if (!recipient.curve() && info instanceof KeyTransRecipientInfo transported) {
          ASN1Encodable id = transported.getRecipientIdentifier().getId();
          if (id instanceof ASN1OctetString identifier
              ? recipient.isNamedBy(null, identifier)
              : recipient.isNamedBy(IssuerAndSerialNumber.getInstance(id), null)) {
            operations.count(PrivateKeyOperations.Kind.DECRYPT);
            return transported(recipient, transported);
          }
        }
        if (recipient.curve() && info instanceof KeyAgreeRecipientInfo agreed) {
          for (ASN1Encodable each : agreed.getRecipientEncryptedKeys()) {
            RecipientEncryptedKey encrypted = RecipientEncryptedKey.getInstance(each);
            var id = encrypted.getIdentifier();
            ASN1OctetString identifier =
                id.getRKeyID() == null ? null : id.getRKeyID().getSubjectKeyIdentifier();
            if (recipient.isNamedBy(id.getIssuerAndSerialNumber(), identifier)) {
              operations.count(PrivateKeyOperations.Kind.DECRYPT);
              return agreed(recipient, agreed, encrypted, contentAlgorithm);
            }
          }
        }
      }
    }
    throw CmsRefused.unreadable("is not encrypted to this gateway");
  }

  private static Key transported(Recipient recipient, KeyTransRecipientInfo info)
      throws GeneralSecurityException, CmsRefused {
    AlgorithmIdentifier algorithm = info.getKeyEncryptionAlgorithm();
    if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
      throw CmsRefused.unreadable("the key is not transported by RSA-OAEP");
    }
    RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(algorithm.getParameters());
    MGF1ParameterSpec digest = OAEP_DIGESTS.get(parameters.getHashAlgorithm().getAlgorithm());
    MGF1ParameterSpec mask =
        OAEP_DIGESTS.get(
            AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters())
                .getAlgorithm());
    if (digest == null || mask == null) {
      throw CmsRefused.unreadable("the key is transported with a weak digest");
    }
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        recipient.key(),
        new OAEPParameterSpec(
            digest.getDigestAlgorithm(), "MGF1", mask, PSource.PSpecified.DEFAULT));
    return new SecretKeySpec(cipher.doFinal(info.getEncryptedKey().getOctets()), "AES");
  }

  private static Key agreed(
      Recipient recipient,
      KeyAgreeRecipientInfo info,
      RecipientEncryptedKey encrypted,
      AlgorithmIdentifier contentAlgorithm)
      throws CMSException, CmsRefused {
    AlgorithmIdentifier algorithm = info.getKeyEncryptionAlgorithm();
    OriginatorPublicKey originator = info.getOriginator().getOriginatorKey();
    if (!AGREEMENTS.contains(algorithm.getAlgorithm()) || originator == null) {
      throw CmsRefused.unreadable("the key is not agreed by ECDH with a current digest");
    }
    // RFC 5753, 3.1.1: the curve is the recipient's, whatever the originator's key says.
    SubjectPublicKeyInfo sender =
        new SubjectPublicKeyInfo(
            PrivateKeyInfo.getInstance(recipient.key().getEncoded()).getPrivateKeyAlgorithm(),
            originator.getPublicKeyData().getBytes());
    return new Agreement(recipient.key())
        .key(
            algorithm,
            contentAlgorithm,
            sender,
            info.getUserKeyingMaterial(),
            encrypted.getEncryptedKey().getOctets());
  }

  /** BouncyCastle's key agreement, for the content key alone. */
  private static final class Agreement extends JceKeyAgreeRecipient {
    Agreement(PrivateKey key) {
      super(key);
      setProvider(Providers.BOUNCY_CASTLE);
    }

    Key key(
        AlgorithmIdentifier keyAlgorithm,
        AlgorithmIdentifier contentAlgorithm,
        SubjectPublicKeyInfo sender,
        @Nullable ASN1OctetString userKeyingMaterial,
        byte[] encryptedKey)
        throws CMSException {
      return extractSecretKey(
          keyAlgorithm, contentAlgorithm, sender, userKeyingMaterial, encryptedKey);
    }

    @Override
    public RecipientOperator getRecipientOperator(
        AlgorithmIdentifier keyAlgorithm,
        AlgorithmIdentifier contentAlgorithm,
        SubjectPublicKeyInfo sender,
        ASN1OctetString userKeyingMaterial,
        byte[] encryptedKey) {
      throw new UnsupportedOperationException("only the key is asked for");
    }
  }

  /** What was collected, by its own array. */
  private static final class Collected extends ByteArrayOutputStream {
    Collected(int size) {
      super(size);
    }

    byte[] array() {
      return buf;
    }
  }
}
