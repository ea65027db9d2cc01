package dk.attestbro.crypto;

import java.io.IOException;
import java.security.InvalidKeyException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.util.Pack;

/**
 * The key that wraps a content key, derived from the secret of an ECDH agreement (RFC 5753, 7.2).
 */
final class AgreedKey {
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

  private AgreedKey() {}

  /** Whether the agreement is one with a digest of today. */
  static boolean isBy(ASN1ObjectIdentifier agreement) {
    return DERIVATIONS.containsKey(agreement);
  }

  /**
   * @param agreement with the wrapping as its parameter
   * @throws InvalidKeyException for an agreement or a wrapping of another kind
   */
  static SecretKeySpec of(
      byte[] secret, AlgorithmIdentifier agreement, Optional<ASN1OctetString> userKeyingMaterial)
      throws InvalidKeyException {
    AlgorithmIdentifier wrap = AlgorithmIdentifier.getInstance(agreement.getParameters());
    Integer bytes = WRAP_BYTES.get(wrap.getAlgorithm());
    Supplier<Digest> digest = DERIVATIONS.get(agreement.getAlgorithm());
    if (bytes == null || digest == null) {
      throw new InvalidKeyException("neither AES key wrap nor ECDH with a current digest");
    }
    KDF2BytesGenerator derivation = new KDF2BytesGenerator(digest.get());
    derivation.init(new KDFParameters(secret, sharedInfo(wrap, bytes, userKeyingMaterial)));
    byte[] derived = new byte[bytes];
    derivation.generateBytes(derived, 0, derived.length);
    return new SecretKeySpec(derived, "AES");
  }

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
}
