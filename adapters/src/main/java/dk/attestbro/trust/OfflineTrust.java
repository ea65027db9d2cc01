package dk.attestbro.trust;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.CertificateTrust.Purpose;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.TrustReplay;
import dk.attestbro.trust.CandidatePaths.Candidate;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a path again by its own proofs: that it held (RFC 5280, 6.1), and that each proof was
 * given by who may give it, was about the certificate and fresh. The root is taken for what it is:
 * whose it is, only its fingerprint tells. The settings of then are not known, so that the widest
 * policy for keys counts, and what an answer says of its own end.
 */
public final class OfflineTrust implements TrustReplay {
  private static final AlgorithmPolicy POLICY = AlgorithmPolicy.LEGACY_RSA_2048;
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration LONGEST_GRACE = Duration.ofDays(3650);

  private final OcspMessages answers = new OcspMessages(POLICY);

  @Override
  public Replayed replay(Trusted relied, Instant at) {
    try {
      return new Judgement(relied, at).made();
    } catch (NotTrusted not) {
      return broken(not.reason() + ", " + not.getMessage());
    } catch (CertificateException | CRLException unreadable) {
      return broken("a certificate or CRL cannot be read");
    } catch (RuntimeException malformed) {
      // The libraries throw unchecked for some of what is malformed.
      return broken("cannot be judged, " + malformed.getClass().getName());
    }
  }

  private static Replayed broken(String why) {
    return new Replayed(List.of(why), List.of());
  }

  /** One path with its proofs, parsed. */
  private final class Judgement {
    private final Trusted relied;
    private final Instant at;
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<X509Certificate> signers = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();
    private final List<byte[]> ocsp = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Judgement(Trusted relied, Instant at) throws CertificateException, CRLException {
      this.relied = relied;
      this.at = at;
      for (Certificate one : relied.path()) {
        certificates.add(Asn1.certificate(one.der()));
      }
      for (Proof proof : relied.proofs()) {
        switch (proof.kind()) {
          case OCSP -> ocsp.add(proof.der());
          case CRL -> crls.addAll(TrustFiles.crls(proof.der(), POLICY));
          case CERTIFICATE -> signers.add(Asn1.certificate(proof.der()));
        }
      }
    }

    Replayed made() throws NotTrusted {
      Certificate subject = relied.path().get(0);
      PinnedTrust.usable(subject, Purpose.SIGN, POLICY, at);
      if (certificates.size() == 1) {
        notes.add(
            "the certificate "
                + subject.fingerprint()
                + " was relied upon as the gateway's own configuration names it");
        return new Replayed(broken, notes);
      }
      int last = certificates.size() - 1;
      Candidate path =
          new Candidate(
              certificates.subList(0, last),
              new TrustedRoot("", certificates.get(last), PathRules.ANY_POLICY));
      new PathCheck(POLICY).check(path, at);
      notes.add(
          "the root is " + relied.path().get(last).fingerprint() + ": compare it with its owner's");
      for (int place = last - 1; place >= 0; place--) {
        revocation(path, place);
      }
      return new Replayed(broken, notes);
    }

    private void revocation(Candidate path, int place) {
      X509Certificate certificate = path.certificates().get(place);
      String of = "certificate " + place + " of its path";
      Revocation found = byAnswers(certificate, path.issuer(place));
      if (found instanceof Revocation.Unknown || found instanceof Revocation.NoSource) {
        Revocation listed = byLists(path, place);
        found = listed instanceof Revocation.NoSource ? found : listed;
      }
      if (found instanceof Revocation.Good good) {
        if (good.onGrace()) {
          notes.add(of + ": its proof was older than it should be, and taken on grace");
        }
      } else if (found instanceof Revocation.Revoked revoked) {
        broken.add(of + " was revoked, " + revoked.how());
      } else if (found instanceof Revocation.Unknown unknown) {
        broken.add(of + ": " + unknown.why());
      } else {
        notes.add(of + ": nothing about its revocation was looked at or found");
      }
    }

    private Revocation byAnswers(X509Certificate certificate, X509Certificate issuer) {
      Revocation found = new Revocation.NoSource();
      for (byte[] der : ocsp) {
        if (answers.isAbout(der, certificate, issuer)) {
          found = byAnswer(der, certificate, issuer);
          if (!(found instanceof Revocation.Unknown)) {
            return found;
          }
        }
      }
      return found;
    }

    private Revocation byAnswer(byte[] der, X509Certificate certificate, X509Certificate issuer) {
      OcspAnswer answer;
      try {
        // A responder's own certificate may end before a grace does.
        Instant given = relied.onGrace() ? OcspMessages.producedAt(der) : at;
        answer = answers.read(der, certificate, issuer, Optional.empty(), false, given);
      } catch (OcspMessages.Unusable unusable) {
        return new Revocation.Unknown("an OCSP answer about it: " + unusable.getMessage());
      }
      if (answer.status() != OcspAnswer.Status.GOOD) {
        return new Revocation.Revoked("by OCSP: " + answer.status());
      }
      boolean early = answer.thisUpdate().isAfter(at.plus(SKEW));
      boolean late = answer.nextUpdate().filter(end -> at.isAfter(end.plus(SKEW))).isPresent();
      if (early || late && !relied.onGrace()) {
        return new Revocation.Unknown("the OCSP answer about it was not fresh at " + at);
      }
      if (answer.nextUpdate().isEmpty()) {
        notes.add("an OCSP answer of " + answer.thisUpdate() + " names no end of its own");
      }
      return new Revocation.Good(List.of(), late);
    }

    private Revocation byLists(Candidate path, int place) {
      List<X509Certificate> between = new ArrayList<>(signers);
      between.addAll(certificates);
      CrlCheck check =
          new CrlCheck(List.of(path.root()), relied.onGrace() ? LONGEST_GRACE : Duration.ZERO);
      Revocation found = check.check(path, place, between, crls, at);
      // A verdict is kept for a minute: a list may have ended within it.
      return found instanceof Revocation.Unknown
          ? check.check(path, place, between, crls, at.minus(SKEW))
          : found;
    }
  }
}
