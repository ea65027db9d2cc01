package dk.attestbro.model;

import java.util.Set;

/**
 * By which algorithms a signature is taken, on a message as on a certificate, a CRL or an OCSP
 * answer; by their object identifiers. SHA-256 or better throughout: no SHA-1, no DSA.
 */
public final class SignatureAlgorithms {
  /** RSA-PSS (RFC 4055): taken where the digest that its parameters name is. */
  public static final String RSA_PSS = "1.2.840.113549.1.1.10";

  /** SHA-256, SHA-384, SHA-512. */
  private static final Set<String> DIGESTS =
      Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");

  /** ECDSA, then RSA PKCS#1, each with these digests. */
  private static final Set<String> SIGNATURES =
      Set.of(
          "1.2.840.10045.4.3.2",
          "1.2.840.10045.4.3.3",
          "1.2.840.10045.4.3.4",
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13");

  private SignatureAlgorithms() {}

  /** Whether what is signed may be digested by this. */
  public static boolean takesDigest(String algorithm) {
    return DIGESTS.contains(algorithm);
  }

  /** Whether a signature may be made by this, which names its digest: anything but RSA-PSS. */
  public static boolean takesSignature(String algorithm) {
    return SIGNATURES.contains(algorithm);
  }
}
