package dk.attestbro.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the recipient that is one of our keys, and with it the key of the content. */
final class ContentKeys {
  private static final Map<ASN1ObjectIdentifier, MGF1ParameterSpec> OAEP_DIGESTS =
      Map.of(
          NISTObjectIdentifiers.id_sha256, MGF1ParameterSpec.SHA256,
          NISTObjectIdentifiers.id_sha384, MGF1ParameterSpec.SHA384,
          NISTObjectIdentifiers.id_sha512, MGF1ParameterSpec.SHA512);
  private static final Set<ASN1ObjectIdentifier> AES_128 =
      Set.of(NISTObjectIdentifiers.id_aes128_GCM, NISTObjectIdentifiers.id_aes128_CBC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<Recipient> recipients;
  private final PrivateKeyOperations operations;

  /** One of our keys, and how a message names it. */
  private record Recipient(
      Opening opening,
      X500Name issuer,
      BigInteger serial,
      byte @Nullable [] keyIdentifier,
      AlgorithmIdentifier keyAlgorithm,
      boolean curve) {
    static Recipient of(KeyAndCertificate opening) {
      X509Certificate certificate = opening.certificate();
      byte[] extension = certificate.getExtensionValue("2.5.29.14");
      return new Recipient(
          new Opening(KeyEngine.of(opening)),
          X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded()),
          certificate.getSerialNumber(),
          extension == null
              ? null
              : ASN1OctetString.getInstance(ASN1OctetString.getInstance(extension).getOctets())
                  .getOctets(),
          SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()).getAlgorithm(),
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

  ContentKeys(List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    this.recipients = opening.stream().map(Recipient::of).toList();
    this.operations = operations;
  }

  /**
   * The key that this content is encrypted with.
   *
   * @param pkcs1 whether RSA with the padding of PKCS#1 1.5 is taken besides OAEP
   */
  Key of(ASN1Set recipientInfos, AlgorithmIdentifier contentAlgorithm, boolean pkcs1)
      throws GeneralSecurityException, CmsRefused {
    for (ASN1Encodable element : recipientInfos) {
      ASN1Encodable info = RecipientInfo.getInstance(element).getInfo();
      for (Recipient recipient : recipients) {
        if (!recipient.curve() && info instanceof KeyTransRecipientInfo transported) {
          ASN1Encodable id = transported.getRecipientIdentifier().getId();
          if (id instanceof ASN1OctetString identifier
              ? recipient.isNamedBy(null, identifier)
              : recipient.isNamedBy(IssuerAndSerialNumber.getInstance(id), null)) {
            operations.count(PrivateKeyOperations.Kind.DECRYPT);
            return pkcs1 && isPkcs1(transported)
                ? padded(recipient, transported, contentAlgorithm)
                : transported(recipient, transported);
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
              return agreed(recipient, agreed, encrypted);
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
      throw CmsRefused.algorithm("the key is not transported by RSA-OAEP");
    }
    RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(algorithm.getParameters());
    MGF1ParameterSpec digest = OAEP_DIGESTS.get(parameters.getHashAlgorithm().getAlgorithm());
    MGF1ParameterSpec mask =
        OAEP_DIGESTS.get(
            AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters())
                .getAlgorithm());
    if (digest == null || mask == null) {
      throw CmsRefused.algorithm("the key is transported with a weak digest");
    }
    byte[] key =
        recipient
            .opening()
            .oaep(
                info.getEncryptedKey().getOctets(),
                new OAEPParameterSpec(
                    digest.getDigestAlgorithm(), "MGF1", mask, PSource.PSpecified.DEFAULT));
    return new SecretKeySpec(key, "AES");
  }

  private static boolean isPkcs1(KeyTransRecipientInfo info) {
    return info.getKeyEncryptionAlgorithm()
        .getAlgorithm()
        .equals(PKCSObjectIdentifiers.rsaEncryption);
  }

  private static Key padded(
      Recipient recipient, KeyTransRecipientInfo info, AlgorithmIdentifier contentAlgorithm)
      throws GeneralSecurityException {
    byte[] chance = new byte[keyBytes(contentAlgorithm)];
    RANDOM.nextBytes(chance);
    // SECURITY: a wrong padding must look like any other wrong key (RFC 3218, 2.3.2), or our
    // answers would decrypt for whoever asks often enough.
    try {
      byte[] key = recipient.opening().pkcs1(info.getEncryptedKey().getOctets());
      return new SecretKeySpec(key.length == chance.length ? key : chance, "AES");
    } catch (BadPaddingException wrong) {
      return new SecretKeySpec(chance, "AES");
    }
  }

  private static int keyBytes(AlgorithmIdentifier content) {
    return AES_128.contains(content.getAlgorithm()) ? 16 : 32;
  }

  private static Key agreed(
      Recipient recipient, KeyAgreeRecipientInfo info, RecipientEncryptedKey encrypted)
      throws GeneralSecurityException, CmsRefused {
    AlgorithmIdentifier algorithm = info.getKeyEncryptionAlgorithm();
    OriginatorPublicKey originator = info.getOriginator().getOriginatorKey();
    if (!AgreedKey.isBy(algorithm.getAlgorithm()) || originator == null) {
      throw CmsRefused.algorithm("the key is not agreed by ECDH with a current digest");
    }
    // RFC 5753, 3.1.1: the curve is the recipient's, whatever the originator's key says.
    SubjectPublicKeyInfo sender =
        new SubjectPublicKeyInfo(
            recipient.keyAlgorithm(), originator.getPublicKeyData().getBytes());
    return recipient
        .opening()
        .agreed(
            algorithm,
            sender,
            Optional.ofNullable(info.getUserKeyingMaterial()),
            encrypted.getEncryptedKey().getOctets());
  }
}
