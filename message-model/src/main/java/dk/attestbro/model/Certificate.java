package dk.attestbro.model;

import java.util.Base64;

/**
 * An X.509 certificate by its DER bytes (Base64) and SHA-256 fingerprint. The model never parses
 * it.
 */
public record Certificate(String derBase64, Digest fingerprint) {
  public static Certificate of(byte[] der) {
    return new Certificate(Base64.getEncoder().encodeToString(der), Digest.of(der));
  }

  /** The DER bytes, a copy. */
  public byte[] der() {
    return Base64.getDecoder().decode(derBase64);
  }

  @Override
  public String toString() {
    return "Certificate[" + fingerprint + "]";
  }
}
