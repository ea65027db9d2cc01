package dk.attestbro.trust;

import dk.attestbro.model.SignatureAlgorithms;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Which keys are strong enough, and which signatures on certificates, CRLs and OCSP answers ({@link
 * SignatureAlgorithms}). All take P-256 and P-384; none takes DSA or RSA below 2048 bits.
 */
public enum AlgorithmPolicy {
  /** RSA of 3072 bits or more. */
  DEFAULT("default", 3072),
  /** RSA of 2048 bits or more, for partners whose certificates are old. */
  LEGACY_RSA_2048("legacy-rsa-2048", 2048);

  private static final List<ECParameterSpec> CURVES =
      List.of(curve("secp256r1"), curve("secp384r1"));

  private final String label;
  private final int leastRsaBits;

  AlgorithmPolicy(String label, int leastRsaBits) {
    this.label = label;
    this.leastRsaBits = leastRsaBits;
  }

  /**
   * The policy of this name.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  public static AlgorithmPolicy named(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such policy: '"
                        + label
                        + "'; there are "
                        + Arrays.stream(values()).map(AlgorithmPolicy::label).toList()));
  }

  /** Its name in the settings. */
  public String label() {
    return label;
  }

  /** Whether a key is strong enough. */
  public boolean takes(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() >= leastRsaBits;
    }
    return key instanceof ECPublicKey ec && CURVES.stream().anyMatch(c -> same(c, ec.getParams()));
  }

  boolean takesSignatureOn(X509Certificate certificate) {
    byte @org.jspecify.annotations.Nullable [] parameters = certificate.getSigAlgParams();
    return takesSignature(
        new AlgorithmIdentifier(
            new ASN1ObjectIdentifier(certificate.getSigAlgOID()),
            parameters == null ? null : Asn1.read(parameters)));
  }

  boolean takesSignature(AlgorithmIdentifier algorithm) {
    String signature = algorithm.getAlgorithm().getId();
    if (!signature.equals(SignatureAlgorithms.RSA_PSS)) {
      return SignatureAlgorithms.takesSignature(signature);
    }
    return algorithm.getParameters() != null
        && SignatureAlgorithms.takesDigest(
            RSASSAPSSparams.getInstance(algorithm.getParameters())
                .getHashAlgorithm()
                .getAlgorithm()
                .getId());
  }

  private static boolean same(ECParameterSpec one, ECParameterSpec other) {
    return one.getCurve().equals(other.getCurve())
        && one.getGenerator().equals(other.getGenerator())
        && one.getOrder().equals(other.getOrder());
  }

  private static ECParameterSpec curve(String name) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + name, impossible);
    }
  }
}
