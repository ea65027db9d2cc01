package dk.attestbro.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipient;

/** With a key in memory: RSA on the platform's provider, curves on BouncyCastle. */
record SoftwareOpening(PrivateKey key) implements Opening {
  @Override
  public byte[] oaep(byte[] wrapped, OAEPParameterSpec parameters) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, parameters);
    return cipher.doFinal(wrapped);
  }

  @Override
  public byte[] pkcs1(byte[] wrapped) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher.doFinal(wrapped);
  }

  @Override
  public Key agreed(
      AlgorithmIdentifier agreement,
      AlgorithmIdentifier content,
      SubjectPublicKeyInfo sender,
      Optional<ASN1OctetString> userKeyingMaterial,
      byte[] wrapped)
      throws CMSException {
    return new Agreement(key)
        .contentKey(agreement, content, sender, userKeyingMaterial.orElse(null), wrapped);
  }

  @Override
  public String toString() {
    return "SoftwareOpening";
  }

  /** BouncyCastle's key agreement, for the content key alone. */
  private static final class Agreement extends JceKeyAgreeRecipient {
    Agreement(PrivateKey key) {
      super(key);
      setProvider(Providers.BOUNCY_CASTLE);
    }

    Key contentKey(
        AlgorithmIdentifier keyAlgorithm,
        AlgorithmIdentifier contentAlgorithm,
        SubjectPublicKeyInfo sender,
        @org.jspecify.annotations.Nullable ASN1OctetString userKeyingMaterial,
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
}
