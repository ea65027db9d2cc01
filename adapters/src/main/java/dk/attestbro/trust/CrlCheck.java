package dk.attestbro.trust;

import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.trust.CandidatePaths.Candidate;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.jcajce.PKIXExtendedParameters;
import org.jspecify.annotations.Nullable;

/**
 * Whether CRLs show that a certificate was not revoked (RFC 5280, 6.3): complete, delta and
 * indirect ones, by distribution point and reason. BouncyCastle decides.
 */
final class CrlCheck {
  private final List<TrustedRoot> roots;
  private final Duration grace;

  CrlCheck(List<TrustedRoot> roots, Duration grace) {
    this.roots = roots;
    this.grace = grace;
  }

  /**
   * Looks at the certificate at this place of a path that holds, and whose certificates above it
   * are known not to be revoked.
   */
  Revocation check(
      Candidate path,
      int place,
      Collection<X509Certificate> between,
      Collection<X509CRL> crls,
      Instant at) {
    X509Certificate certificate = path.certificates().get(place);
    List<X509CRL> about = about(certificate, crls);
    if (about.isEmpty()) {
      return new Revocation.NoSource();
    }
    Store store = new Store(path, place, store(path, between, crls));
    if (good(store, at)) {
      return new Revocation.Good(proofs(about, path, between), false);
    }
    Optional<X509CRL> naming = about.stream().filter(crl -> names(crl, certificate)).findFirst();
    if (naming.isPresent()) {
      return new Revocation.Revoked("by a CRL of " + naming.get().getThisUpdate());
    }
    // SECURITY: only lists that were good a while ago, and never where any list names it.
    Optional<Instant> lastGood = lastGood(about, at);
    if (lastGood.isPresent() && good(store, lastGood.get())) {
      return new Revocation.Good(proofs(about, path, between), true);
    }
    return new Revocation.Unknown("no CRL that covers it holds now");
  }

  private record Store(Candidate path, int place, CertStore certificatesAndCrls) {}

  /**
   * From the root down, each certificate by its CRL; else, where one above has no CRL but an OCSP
   * answer, from its issuer, who is known to be good.
   */
  private boolean good(Store store, Instant at) {
    List<X509Certificate> path = store.path().certificates();
    Set<TrustAnchor> fromItsIssuer = new HashSet<>();
    fromItsIssuer.add(new TrustAnchor(store.path().issuer(store.place()), null));
    roots.forEach(root -> fromItsIssuer.add(root.anchor()));
    return good(
            path.subList(store.place(), path.size()),
            Set.of(store.path().root().anchor()),
            store,
            at)
        || good(List.of(path.get(store.place())), fromItsIssuer, store, at);
  }

  private static boolean good(
      List<X509Certificate> path, Set<TrustAnchor> anchors, Store store, Instant at) {
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setDate(Date.from(at));
      parameters.setRevocationEnabled(true);
      parameters.addCertStore(store.certificatesAndCrls());
      CertPathValidator.getInstance("PKIX", Asn1.BOUNCY_CASTLE)
          .validate(
              CertificateFactory.getInstance("X.509", Asn1.BOUNCY_CASTLE).generateCertPath(path),
              new PKIXExtendedParameters.Builder(parameters).setUseDeltasEnabled(true).build());
      return true;
    } catch (GeneralSecurityException | RuntimeException notGood) {
      // What is malformed is no proof that a certificate is good.
      return false;
    }
  }

  private static CertStore store(
      Candidate path, Collection<X509Certificate> between, Collection<X509CRL> crls) {
    List<Object> all = new ArrayList<>(between);
    all.addAll(path.certificates());
    all.addAll(crls);
    try {
      return CertStore.getInstance("Collection", new CollectionCertStoreParameters(all));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has this store", impossible);
    }
  }

  /** Lists by its issuer, or by someone who may issue lists for others. */
  private static List<X509CRL> about(X509Certificate certificate, Collection<X509CRL> crls) {
    Set<X500Principal> issuers = new HashSet<>();
    issuers.add(certificate.getIssuerX500Principal());
    issuers.addAll(DistributionPoints.crlIssuers(certificate));
    return crls.stream().filter(crl -> issuers.contains(crl.getIssuerX500Principal())).toList();
  }

  /** By its number alone: an indirect list is asked about other issuers' certificates too. */
  private static boolean names(X509CRL crl, X509Certificate certificate) {
    @Nullable X509CRLEntry entry = crl.getRevokedCertificate(certificate.getSerialNumber());
    return entry != null;
  }

  private Optional<Instant> lastGood(List<X509CRL> about, Instant at) {
    return about.stream()
        .map(X509CRL::getNextUpdate)
        .filter(Objects::nonNull)
        .map(Date::toInstant)
        .filter(end -> end.isBefore(at) && !end.plus(grace).isBefore(at))
        .max(Instant::compareTo)
        .map(end -> end.minusSeconds(1));
  }

  /** The lists, and the certificates of those who signed them where they are not on the path. */
  private static List<Proof> proofs(
      List<X509CRL> crls, Candidate path, Collection<X509Certificate> between) {
    List<Proof> proofs = new ArrayList<>();
    Set<X500Principal> signers = new HashSet<>();
    try {
      for (X509CRL crl : crls) {
        proofs.add(new Proof(Proof.Kind.CRL, crl.getEncoded()));
        signers.add(crl.getIssuerX500Principal());
      }
      for (X509Certificate one : between) {
        if (signers.contains(one.getSubjectX500Principal())
            && !path.certificates().contains(one)
            && !path.root().certificate().equals(one)) {
          proofs.add(new Proof(Proof.Kind.CERTIFICATE, one.getEncoded()));
        }
      }
    } catch (CRLException | CertificateEncodingException impossible) {
      throw new IllegalStateException("what was parsed has an encoding", impossible);
    }
    return proofs;
  }
}
