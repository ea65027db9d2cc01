package dk.attestbro.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;

/**
 * What one private key does to open what was encrypted to it. Its engine does no more than the
 * operation with the key: a token knows neither OAEP nor the key derivation of RFC 5753, so both
 * are done here, for all alike.
 */
record Opening(KeyEngine engine) {
  private static final Map<String, Supplier<Digest>> DIGESTS =
      Map.of(
          "SHA-256", SHA256Digest::new, "SHA-384", SHA384Digest::new, "SHA-512", SHA512Digest::new);

  /** What was transported by RSA-OAEP. */
  byte[] oaep(byte[] wrapped, OAEPParameterSpec parameters) throws GeneralSecurityException {
    MGF1ParameterSpec mask = (MGF1ParameterSpec) parameters.getMGFParameters();
    OAEPEncoding padding =
        new OAEPEncoding(
            new Decrypted(engine.decrypted("RSA/ECB/NoPadding", wrapped)),
            digest(parameters.getDigestAlgorithm()),
            digest(mask.getDigestAlgorithm()),
            new byte[0]);
    padding.init(false, new CipherParameters() {});
    try {
      return padding.processBlock(wrapped, 0, wrapped.length);
    } catch (InvalidCipherTextException wrong) {
      throw new BadPaddingException("not encrypted to this key");
    }
  }

  /**
   * What was transported by RSA with the padding of PKCS#1 1.5.
   *
   * @throws BadPaddingException where the padding is wrong
   */
  byte[] pkcs1(byte[] wrapped) throws GeneralSecurityException {
    return engine.decrypted("RSA/ECB/PKCS1Padding", wrapped);
  }

  /** The content key under one that was agreed with this sender (RFC 5753). */
  Key agreed(
      AlgorithmIdentifier agreement,
      SubjectPublicKeyInfo sender,
      Optional<ASN1OctetString> userKeyingMaterial,
      byte[] wrapped)
      throws GeneralSecurityException {
    Cipher unwrapping = Cipher.getInstance("AESWrap");
    unwrapping.init(
        Cipher.UNWRAP_MODE, AgreedKey.of(secret(sender), agreement, userKeyingMaterial));
    return unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
  }

  private byte[] secret(SubjectPublicKeyInfo sender) throws GeneralSecurityException {
    try {
      // SECURITY: BouncyCastle refuses a point that is not on the curve; a token may not, and
      // would then tell something of its key.
      return engine.agreedWith(
          KeyFactory.getInstance("EC", Providers.BOUNCY_CASTLE)
              .generatePublic(new X509EncodedKeySpec(sender.getEncoded())));
    } catch (IOException broken) {
      throw new InvalidKeyException("the sender's key has no encoding", broken);
    }
  }

  private static Digest digest(String name) throws NoSuchAlgorithmException {
    Supplier<Digest> made = DIGESTS.get(name);
    if (made == null) {
      throw new NoSuchAlgorithmException(name);
    }
    return made.get();
  }

  /** What the engine gave, as OAEP expects it of one: without the leading zero. */
  private record Decrypted(byte[] block) implements AsymmetricBlockCipher {
    @Override
    public void init(boolean forEncryption, CipherParameters none) {
      // The engine has done its work.
    }

    @Override
    public int getInputBlockSize() {
      return block.length;
    }

    @Override
    public int getOutputBlockSize() {
      return block.length - 1;
    }

    @Override
    public byte[] processBlock(byte[] in, int from, int length) {
      return block[0] == 0 ? Arrays.copyOfRange(block, 1, block.length) : block;
    }

    @Override
    public String toString() {
      return "Decrypted";
    }
  }
}
