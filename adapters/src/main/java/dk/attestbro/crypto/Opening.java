package dk.attestbro.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Optional;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSException;

/** What one private key does to open what was encrypted to it. */
sealed interface Opening permits SoftwareOpening, TokenOpening {
  /** What was transported by RSA-OAEP. */
  byte[] oaep(byte[] wrapped, OAEPParameterSpec parameters) throws GeneralSecurityException;

  /**
   * What was transported by RSA with the padding of PKCS#1 1.5.
   *
   * @throws javax.crypto.BadPaddingException where the padding is wrong
   */
  byte[] pkcs1(byte[] wrapped) throws GeneralSecurityException;

  /** The content key under one that was agreed with this sender (RFC 5753). */
  Key agreed(
      AlgorithmIdentifier agreement,
      AlgorithmIdentifier content,
      SubjectPublicKeyInfo sender,
      Optional<ASN1OctetString> userKeyingMaterial,
      byte[] wrapped)
      throws GeneralSecurityException, CMSException;
}
