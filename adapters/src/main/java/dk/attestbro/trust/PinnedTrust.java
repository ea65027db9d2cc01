package dk.attestbro.trust;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Trusts a certificate for what it is: its dates, its key and its uses. Only for certificates that
 * the directory names: being listed is what makes them trusted, and being taken out revokes them.
 */
public final class PinnedTrust implements CertificateTrust {
  private final AlgorithmPolicy policy;

  public PinnedTrust(AlgorithmPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Verdict check(Certificate subject, List<Certificate> others, Purpose purpose, Instant at) {
    try {
      usable(subject, purpose, policy, at);
      return new Trusted(List.of(subject), List.of(), false);
    } catch (NotTrusted not) {
      return not.refused();
    }
  }

  static X509Certificate usable(
      Certificate subject, Purpose purpose, AlgorithmPolicy policy, Instant at) throws NotTrusted {
    X509Certificate certificate;
    try {
      certificate = Asn1.certificate(subject.der());
    } catch (CertificateException unreadable) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_MALFORMED, "not readable as X.509");
    }
    PathCheck.dates(certificate, at);
    if (!policy.takes(certificate.getPublicKey())) {
      throw new NotTrusted(
          RefusalReason.CERTIFICATE_WEAK, "a key that policy " + policy.label() + " does not take");
    }
    if (!KeyUses.allow(certificate, purpose)) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_WRONG_USE, "not for " + purpose);
    }
    return certificate;
  }
}
