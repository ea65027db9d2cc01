package dk.attestbro.trust;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.OcspMemory;
import dk.attestbro.trust.CandidatePaths.Candidate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts what leads to a configured root and was not revoked. Where several paths exist, one that
 * holds is enough; where none does, the reason told is that of the path that came furthest. A
 * verdict is kept for a minute, except that the status is unknown.
 */
public final class PathTrust implements CertificateTrust {
  private static final Logger LOG = LoggerFactory.getLogger(PathTrust.class);
  private static final int MOST_OTHERS = 50;
  private static final int MOST_KEPT = 5_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** How far a path came, from the first thing that is checked to the last. */
  private static final List<RefusalReason> PROGRESS =
      List.of(
          RefusalReason.CERTIFICATE_UNTRUSTED,
          RefusalReason.CERTIFICATE_MALFORMED,
          RefusalReason.CERTIFICATE_WEAK,
          RefusalReason.CERTIFICATE_EXPIRED,
          RefusalReason.CERTIFICATE_NOT_YET_VALID,
          RefusalReason.CERTIFICATE_PATH_INVALID,
          RefusalReason.CERTIFICATE_NAME_NOT_ALLOWED,
          RefusalReason.CERTIFICATE_POLICY_NOT_ALLOWED,
          RefusalReason.CERTIFICATE_STATUS_UNKNOWN,
          RefusalReason.CERTIFICATE_REVOKED);

  private final TrustFiles files;
  private final PathCheck paths;
  private final AlgorithmPolicy policy;
  private final RevocationCheck revocation;
  private final Map<Asked, Kept> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Kept> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Asked(Digest subject, Set<Digest> others, Purpose purpose) {}

  private record Kept(Verdict verdict, Instant at, TrustFiles.Material by) {}

  /**
   * @param answers what responders answered before this process began
   * @throws TrustInvalid naming every file that cannot be used
   */
  public PathTrust(TrustSettings settings, OcspMemory answers) {
    this.files = new TrustFiles(settings);
    this.policy = settings.policy();
    this.paths = new PathCheck(policy);
    this.revocation = new RevocationCheck(settings, answers);
  }

  @Override
  public Verdict check(Certificate subject, List<Certificate> others, Purpose purpose, Instant at) {
    TrustFiles.Material material = files.current();
    Set<Digest> fingerprints = new LinkedHashSet<>();
    others.forEach(other -> fingerprints.add(other.fingerprint()));
    Asked asked = new Asked(subject.fingerprint(), fingerprints, purpose);
    Optional<Verdict> before = kept(asked, material, at);
    if (before.isPresent()) {
      return before.get();
    }
    Verdict verdict;
    try {
      verdict = checked(subject, others, purpose, material, at);
    } catch (NotTrusted not) {
      verdict = not.refused();
    } catch (RuntimeException malformed) {
      // SECURITY: the libraries throw unchecked for some of what a sender can put together.
      // SECURITY: its text may quote the certificate, which may name a person.
      LOG.warn("a certificate could not be judged: {}", malformed.getClass().getName());
      verdict = new Refused(RefusalReason.CERTIFICATE_MALFORMED, malformed.getClass().getName());
    }
    keep(asked, new Kept(verdict, at, material));
    return verdict;
  }

  private Trusted checked(
      Certificate subject,
      List<Certificate> others,
      Purpose purpose,
      TrustFiles.Material material,
      Instant at)
      throws NotTrusted {
    if (purpose == Purpose.TLS_SERVER) {
      requireAWay(subject, others, material);
    }
    X509Certificate certificate = PinnedTrust.usable(subject, purpose, policy, at);
    if (material.roots().stream().anyMatch(root -> root.certificate().equals(certificate))) {
      return new Trusted(List.of(subject), List.of(), false);
    }
    Set<X509Certificate> between = between(material, others);
    NotTrusted furthest =
        new NotTrusted(RefusalReason.CERTIFICATE_UNTRUSTED, "no path to a configured root");
    for (Candidate path : CandidatePaths.of(certificate, between, material.roots())) {
      try {
        paths.check(path, at);
        Revocation.Good good = revocation.check(path, between, material, at);
        return new Trusted(models(path), good.proofs(), good.onGrace());
      } catch (NotTrusted not) {
        furthest = progress(not) >= progress(furthest) ? not : furthest;
      }
    }
    throw furthest;
  }

  /** A server may stand under roots that are none of ours; then it is for others to judge. */
  private static void requireAWay(
      Certificate subject, List<Certificate> others, TrustFiles.Material material)
      throws NotTrusted {
    try {
      X509Certificate server = Asn1.certificate(subject.der());
      if (CandidatePaths.of(server, between(material, others), material.roots()).isEmpty()) {
        throw new NotTrusted(RefusalReason.CERTIFICATE_UNTRUSTED, "no path to a configured root");
      }
    } catch (CertificateException unreadable) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_MALFORMED, "not readable as X.509");
    }
  }

  private static int progress(NotTrusted not) {
    return PROGRESS.indexOf(not.reason());
  }

  private static Set<X509Certificate> between(
      TrustFiles.Material material, List<Certificate> others) {
    Set<X509Certificate> between = new LinkedHashSet<>();
    for (Certificate other : others.subList(0, Math.min(others.size(), MOST_OTHERS))) {
      try {
        between.add(Asn1.certificate(other.der()));
      } catch (CertificateException unreadable) {
        // One that cannot be read is no way to a root; the others may be.
        continue;
      }
    }
    between.addAll(material.intermediates());
    return between;
  }

  private static List<Certificate> models(Candidate path) {
    List<X509Certificate> all = new ArrayList<>(path.certificates());
    all.add(path.root().certificate());
    List<Certificate> models = new ArrayList<>();
    for (X509Certificate one : all) {
      try {
        models.add(Certificate.of(one.getEncoded()));
      } catch (CertificateEncodingException impossible) {
        throw new IllegalStateException("a parsed certificate has an encoding", impossible);
      }
    }
    return models;
  }

  private synchronized Optional<Verdict> kept(
      Asked asked, TrustFiles.Material material, Instant at) {
    return Optional.ofNullable(kept.get(asked))
        .filter(one -> one.by() == material)
        .filter(one -> Duration.between(one.at(), at).abs().compareTo(KEPT) < 0)
        .map(Kept::verdict);
  }

  private synchronized void keep(Asked asked, Kept one) {
    boolean unknown =
        one.verdict() instanceof Refused refused
            && refused.reason() == RefusalReason.CERTIFICATE_STATUS_UNKNOWN;
    kept.remove(asked);
    if (!unknown) {
      kept.put(asked, one);
    }
  }
}
