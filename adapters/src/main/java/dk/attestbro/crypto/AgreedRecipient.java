package dk.attestbro.crypto;

import dk.attestbro.crypto.KeyEngine.Once;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyAgreeRecipientInfoGenerator;
import org.bouncycastle.operator.GenericKey;
import org.jspecify.annotations.Nullable;

/**
 * One whose key is on a curve: the content key is wrapped under what its key and one made for this
 * message alone agree on (RFC 5753, 3.1), by ECDH with SHA-256 and AES-256.
 */
final class AgreedRecipient extends KeyAgreeRecipientInfoGenerator {
  private final X509Certificate receiver;
  private final Once once;

  private AgreedRecipient(X509Certificate receiver, Once once) {
    super(
        SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme,
        SubjectPublicKeyInfo.getInstance(once.publicKey().getEncoded()),
        NISTObjectIdentifiers.id_aes256_wrap);
    this.receiver = receiver;
    this.once = once;
  }

  static AgreedRecipient of(X509Certificate receiver) throws GeneralSecurityException {
    return new AgreedRecipient(receiver, KeyEngine.once((ECPublicKey) receiver.getPublicKey()));
  }

  @Override
  protected ASN1Sequence generateRecipientEncryptedKeys(
      AlgorithmIdentifier agreement, AlgorithmIdentifier wrap, GenericKey contentKey)
      throws CMSException {
    try {
      Cipher wrapping = Cipher.getInstance("AESWrap");
      wrapping.init(
          Cipher.WRAP_MODE,
          AgreedKey.of(
              once.engine().agreedWith(receiver.getPublicKey()), agreement, Optional.empty()));
      byte[] wrapped =
          wrapping.wrap(new SecretKeySpec((byte[]) contentKey.getRepresentation(), "AES"));
      return new DERSequence(
          new RecipientEncryptedKey(
              new KeyAgreeRecipientIdentifier(name()), new DEROctetString(wrapped)));
    } catch (GeneralSecurityException failed) {
      throw new CMSException("the content key could not be wrapped", failed);
    }
  }

  private IssuerAndSerialNumber name() throws CertificateEncodingException {
    return new IssuerAndSerialNumber(new JcaX509CertificateHolder(receiver).toASN1Structure());
  }

  @Override
  protected byte @Nullable [] getUserKeyingMaterial(AlgorithmIdentifier agreement) {
    return null;
  }
}
