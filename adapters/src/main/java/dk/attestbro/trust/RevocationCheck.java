package dk.attestbro.trust;

import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.OcspMemory;
import dk.attestbro.trust.CandidatePaths.Candidate;
import dk.attestbro.trust.TrustSettings.RevocationMode;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether any certificate of a path was revoked: OCSP first, then CRLs. */
final class RevocationCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationCheck.class);

  private final TrustSettings settings;
  private final OcspCheck ocsp;
  private final CrlDownloads downloads;

  RevocationCheck(TrustSettings settings, OcspMemory answers) {
    this.settings = settings;
    this.ocsp = new OcspCheck(settings.ocsp(), settings.policy(), settings.grace(), answers);
    this.downloads = new CrlDownloads(settings.policy(), settings.ocsp().timeout());
  }

  /** What proves that none was revoked. */
  Revocation.Good check(
      Candidate path, Collection<X509Certificate> between, TrustFiles.Material material, Instant at)
      throws NotTrusted {
    List<Proof> proofs = new ArrayList<>();
    boolean onGrace = false;
    if (settings.revocation() == RevocationMode.OFF) {
      return new Revocation.Good(proofs, false);
    }
    for (int i = path.certificates().size() - 1; i >= 0; i--) {
      Revocation found = one(path, i, between, material, at);
      if (found instanceof Revocation.Good good) {
        proofs.addAll(good.proofs());
        onGrace |= good.onGrace();
      } else {
        refuse(found, i);
        onGrace = true;
      }
    }
    return new Revocation.Good(proofs, onGrace);
  }

  private Revocation one(
      Candidate path,
      int place,
      Collection<X509Certificate> between,
      TrustFiles.Material material,
      Instant at) {
    X509Certificate certificate = path.certificates().get(place);
    Revocation answer = ocsp.check(certificate, path.issuer(place), at);
    boolean decided =
        answer instanceof Revocation.Revoked
            || answer instanceof Revocation.Disowned
            || answer instanceof Revocation.Good good && !good.onGrace();
    if (decided) {
      return answer;
    }
    List<X509CRL> crls = new ArrayList<>(material.crls());
    if (settings.crlDownload()) {
      crls.addAll(downloads.of(certificate, at));
    }
    Revocation listed =
        new CrlCheck(material.roots(), settings.grace()).check(path, place, between, crls, at);
    boolean tells = listed instanceof Revocation.Good || listed instanceof Revocation.Revoked;
    return tells || answer instanceof Revocation.NoSource ? listed : answer;
  }

  private void refuse(Revocation found, int place) throws NotTrusted {
    String where = " (certificate " + place + " of its path)";
    if (found instanceof Revocation.Revoked revoked) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_REVOKED, revoked.how() + where);
    }
    if (found instanceof Revocation.Disowned) {
      throw new NotTrusted(
          RefusalReason.CERTIFICATE_STATUS_UNKNOWN, "its responder does not know it" + where);
    }
    String why =
        found instanceof Revocation.Unknown unknown
            ? unknown.why()
            : "neither a responder nor a CRL for it";
    if (settings.revocation() == RevocationMode.HARD_FAIL) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_STATUS_UNKNOWN, why + where);
    }
    LOG.warn("taken by soft-fail though its revocation cannot be told: {}{}", why, where);
  }
}
