package dk.attestbro.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
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
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.util.Pack;

/**
 * With a key in a token, which does no more than the operation with the private key: SunPKCS11
 * knows neither OAEP nor the key derivation of RFC 5753, so both are done here.
 */
record TokenOpening(PrivateKey key, Provider token) implements Opening {
  private static final Map<String, Supplier<Digest>> DIGESTS =
      Map.of(
          "SHA-256", SHA256Digest::new, "SHA-384", SHA384Digest::new, "SHA-512", SHA512Digest::new);
  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> DERIVATIONS =
      Map.of(
          SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, SHA256Digest::new,
          SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme, SHA384Digest::new,
          SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme, SHA512Digest::new);
  private static final Map<ASN1ObjectIdentifier, Integer> WRAP_BYTES =
      Map.of(
          NISTObjectIdentifiers.id_aes128_wrap, 16,
          NISTObjectIdentifiers.id_aes192_wrap, 24,
          NISTObjectIdentifiers.id_aes256_wrap, 32);

  @Override
  public byte[] oaep(byte[] wrapped, OAEPParameterSpec parameters) throws GeneralSecurityException {
    MGF1ParameterSpec mask = (MGF1ParameterSpec) parameters.getMGFParameters();
    OAEPEncoding padding =
        new OAEPEncoding(
            new Decrypted(plain("RSA/ECB/NoPadding", wrapped)),
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

  @Override
  public byte[] pkcs1(byte[] wrapped) throws GeneralSecurityException {
    return plain("RSA/ECB/PKCS1Padding", wrapped);
  }

  @Override
  public Key agreed(
      AlgorithmIdentifier agreement,
      AlgorithmIdentifier content,
      SubjectPublicKeyInfo sender,
      Optional<ASN1OctetString> userKeyingMaterial,
      byte[] wrapped)
      throws GeneralSecurityException {
    AlgorithmIdentifier wrap = AlgorithmIdentifier.getInstance(agreement.getParameters());
    Integer bytes = WRAP_BYTES.get(wrap.getAlgorithm());
    Supplier<Digest> digest = DERIVATIONS.get(agreement.getAlgorithm());
    if (bytes == null || digest == null) {
      throw new InvalidKeyException("neither AES key wrap nor ECDH with a current digest");
    }
    byte[] secret = secret(sender);
    byte[] derived = new byte[bytes];
    KDF2BytesGenerator derivation = new KDF2BytesGenerator(digest.get());
    derivation.init(new KDFParameters(secret, sharedInfo(wrap, bytes, userKeyingMaterial)));
    derivation.generateBytes(derived, 0, derived.length);
    Cipher unwrapping = Cipher.getInstance("AESWrap");
    unwrapping.init(Cipher.UNWRAP_MODE, new SecretKeySpec(derived, "AES"));
    return unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
  }

  @Override
  public String toString() {
    return "TokenOpening";
  }

  private byte[] plain(String algorithm, byte[] wrapped) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(algorithm, token);
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher.doFinal(wrapped);
  }

  private byte[] secret(SubjectPublicKeyInfo sender) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", token);
    agreement.init(key);
    try {
      // SECURITY: BouncyCastle refuses a point that is not on the curve; the token may not, and
      // would then tell something of its key.
      agreement.doPhase(
          KeyFactory.getInstance("EC", Providers.BOUNCY_CASTLE)
              .generatePublic(new X509EncodedKeySpec(sender.getEncoded())),
          true);
    } catch (IOException broken) {
      throw new InvalidKeyException("the sender's key has no encoding", broken);
    }
    return agreement.generateSecret();
  }

  /** RFC 5753, 7.2. */
  private static byte[] sharedInfo(
      AlgorithmIdentifier wrap, int bytes, Optional<ASN1OctetString> userKeyingMaterial)
      throws InvalidKeyException {
    byte[] bits = Pack.intToBigEndian(bytes * Byte.SIZE);
    ECCCMSSharedInfo info =
        userKeyingMaterial
            .map(material -> new ECCCMSSharedInfo(wrap, material.getOctets(), bits))
            .orElseGet(() -> new ECCCMSSharedInfo(wrap, bits));
    try {
      return info.getEncoded(ASN1Encoding.DER);
    } catch (IOException impossible) {
      throw new InvalidKeyException("the derivation's input has no encoding", impossible);
    }
  }

  private static Digest digest(String name) throws NoSuchAlgorithmException {
    Supplier<Digest> made = DIGESTS.get(name);
    if (made == null) {
      throw new NoSuchAlgorithmException(name);
    }
    return made.get();
  }

  /** What the token gave, as OAEP expects it of an engine: without the leading zero. */
  private record Decrypted(byte[] block) implements AsymmetricBlockCipher {
    @Override
    public void init(boolean forEncryption, CipherParameters none) {
      // The token has done its work.
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
