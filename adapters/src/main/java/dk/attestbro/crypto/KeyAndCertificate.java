package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A private key and the certificate of its public half. Never shown.
 *
 * @param issuers the certificates above it that are sent along, the nearest first
 * @param token what the key never leaves, and so must do the work; none for a key in memory
 */
public record KeyAndCertificate(
    PrivateKey key,
    X509Certificate certificate,
    List<X509Certificate> issuers,
    Optional<Provider> token) {
  public KeyAndCertificate {
    issuers = List.copyOf(issuers);
  }

  /** A key in memory, without issuers. */
  public KeyAndCertificate(PrivateKey key, X509Certificate certificate) {
    this(key, certificate, List.of(), Optional.empty());
  }

  /** The certificate as the model has it. */
  public Certificate model() {
    try {
      return Certificate.of(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a parsed certificate has an encoding", impossible);
    }
  }

  /** The certificate, then its issuers. */
  public List<X509Certificate> chain() {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuers);
    return chain;
  }

  @Override
  public String toString() {
    return "KeyAndCertificate[" + model() + "]";
  }
}
