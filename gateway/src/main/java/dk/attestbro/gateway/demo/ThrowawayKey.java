package dk.attestbro.gateway.demo;

import dk.attestbro.model.Digest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** A private key and its certificate, made for one run. */
record ThrowawayKey(PrivateKey key, X509Certificate certificate) {
  /** The certificate as PEM text. */
  String pem() {
    return ThrowawayAuthority.pem(certificate);
  }

  /** The SHA-256 of the certificate. */
  static Digest fingerprint(X509Certificate certificate) {
    try {
      return Digest.of(certificate.getEncoded());
    } catch (CertificateEncodingException unreadable) {
      throw new IllegalArgumentException("a certificate without an encoding", unreadable);
    }
  }

  @Override
  public String toString() {
    return "ThrowawayKey[" + certificate.getSubjectX500Principal() + "]";
  }
}
