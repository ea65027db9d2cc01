package dk.attestbro.trust;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The ways from a certificate to a root by the names of subjects and issuers; what they are worth
 * is for {@link PathCheck} to say. The search is bounded, since a sender chooses what it is made
 * of.
 */
final class CandidatePaths {
  private static final int LONGEST = 12;
  private static final int MOST_PATHS = 32;
  private static final int MOST_STEPS = 1000;
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String SUBJECT_KEY = "2.5.29.14";

  /** From the certificate to the last one before the root. */
  record Candidate(List<X509Certificate> certificates, TrustedRoot root) {
    Candidate {
      certificates = List.copyOf(certificates);
    }

    /** Who issued the certificate at this place. */
    X509Certificate issuer(int place) {
      return place + 1 < certificates.size() ? certificates.get(place + 1) : root.certificate();
    }
  }

  private final Collection<X509Certificate> between;
  private final List<TrustedRoot> roots;
  private final List<Candidate> found = new ArrayList<>();
  private int steps;

  private CandidatePaths(Collection<X509Certificate> between, List<TrustedRoot> roots) {
    this.between = between;
    this.roots = roots;
  }

  static List<Candidate> of(
      X509Certificate subject, Collection<X509Certificate> between, List<TrustedRoot> roots) {
    CandidatePaths search = new CandidatePaths(between, roots);
    search.climb(List.of(subject));
    return search.found;
  }

  private void climb(List<X509Certificate> path) {
    X509Certificate last = path.get(path.size() - 1);
    for (TrustedRoot root : roots) {
      if (issued(root.certificate(), last) && found.size() < MOST_PATHS) {
        found.add(new Candidate(path, root));
      }
    }
    if (path.size() == LONGEST) {
      return;
    }
    List<X509Certificate> issuers = new ArrayList<>();
    for (X509Certificate issuer : between) {
      if (issued(issuer, last) && !path.contains(issuer) && !isRoot(issuer)) {
        issuers.add(issuer);
      }
    }
    issuers.sort(Comparator.comparing(issuer -> !keysMatch(issuer, last)));
    for (X509Certificate issuer : issuers) {
      if (found.size() == MOST_PATHS || ++steps > MOST_STEPS) {
        return;
      }
      List<X509Certificate> longer = new ArrayList<>(path);
      longer.add(issuer);
      climb(longer);
    }
  }

  private boolean isRoot(X509Certificate certificate) {
    return roots.stream().anyMatch(root -> root.certificate().equals(certificate));
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Whether the issuer's key is the one that the certificate names; true where it names none. */
  private static boolean keysMatch(X509Certificate issuer, X509Certificate certificate) {
    byte @Nullable [] authority = certificate.getExtensionValue(AUTHORITY_KEY);
    byte @Nullable [] subject = issuer.getExtensionValue(SUBJECT_KEY);
    if (authority == null || subject == null) {
      return true;
    }
    try {
      byte @Nullable [] wanted =
          AuthorityKeyIdentifier.getInstance(Asn1.extension(authority)).getKeyIdentifierOctets();
      byte[] has = SubjectKeyIdentifier.getInstance(Asn1.extension(subject)).getKeyIdentifier();
      return wanted == null || Arrays.equals(wanted, has);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }
}
