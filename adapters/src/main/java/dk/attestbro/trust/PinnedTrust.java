package dk.attestbro.trust;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trusts a certificate for what it is: its dates, its key and its uses. Only for certificates that
 * the directory names: being listed is what makes them trusted, and being taken out revokes them.
 */
public final class PinnedTrust implements CertificateTrust {
  private final AlgorithmPolicy policy;

  /** No more than the directory has named since the start. */
  private final Map<Certificate, X509Certificate> known = new ConcurrentHashMap<>();

  public PinnedTrust(AlgorithmPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Verdict check(Certificate subject, List<Certificate> others, Purpose purpose, Instant at) {
    try {
      X509Certificate certificate = known.get(subject);
      if (certificate == null) {
        certificate = read(subject);
        known.put(subject, certificate);
      }
      requireUsable(certificate, purpose, policy, at);
      return new Trusted(List.of(subject), List.of(), false);
    } catch (NotTrusted not) {
      return not.refused();
    }
  }

  static X509Certificate usable(
      Certificate subject, Purpose purpose, AlgorithmPolicy policy, Instant at) throws NotTrusted {
    X509Certificate certificate = read(subject);
    requireUsable(certificate, purpose, policy, at);
    return certificate;
  }

  private static X509Certificate read(Certificate subject) throws NotTrusted {
    try {
      return Asn1.certificate(subject.der());
    } catch (CertificateException unreadable) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_MALFORMED, "not readable as X.509");
    }
  }

  private static void requireUsable(
      X509Certificate certificate, Purpose purpose, AlgorithmPolicy policy, Instant at)
      throws NotTrusted {
    PathCheck.dates(certificate, at);
    if (!policy.takes(certificate.getPublicKey())) {
      throw new NotTrusted(
          RefusalReason.CERTIFICATE_WEAK, "a key that policy " + policy.label() + " does not take");
    }
    if (!KeyUses.allow(certificate, purpose)) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_WRONG_USE, "not for " + purpose);
    }
  }
}
