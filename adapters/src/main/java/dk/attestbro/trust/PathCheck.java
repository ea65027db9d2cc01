package dk.attestbro.trust;

import dk.attestbro.model.RefusalReason;
import dk.attestbro.trust.CandidatePaths.Candidate;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * Whether one path holds (RFC 5280, 6.1), without a look at revocation. Two validators must agree:
 * the platform's, which tells why it does not hold, and BouncyCastle's.
 */
final class PathCheck {
  private static final Provider PLATFORM = Security.getProvider("SUN");

  private final AlgorithmPolicy algorithms;

  PathCheck(AlgorithmPolicy algorithms) {
    this.algorithms = algorithms;
  }

  void check(Candidate path, Instant at) throws NotTrusted {
    strength(path);
    for (X509Certificate certificate : path.certificates()) {
      dates(certificate, at);
    }
    dates(path.root().certificate(), at);
    signatures(path);
    validate(path, at, PLATFORM);
    validate(path, at, Asn1.BOUNCY_CASTLE);
  }

  static void dates(X509Certificate certificate, Instant at) throws NotTrusted {
    if (at.isAfter(certificate.getNotAfter().toInstant())) {
      throw new NotTrusted(RefusalReason.CERTIFICATE_EXPIRED, "since " + certificate.getNotAfter());
    }
    if (at.isBefore(certificate.getNotBefore().toInstant())) {
      throw new NotTrusted(
          RefusalReason.CERTIFICATE_NOT_YET_VALID, "until " + certificate.getNotBefore());
    }
  }

  private void strength(Candidate path) throws NotTrusted {
    boolean strong = algorithms.takes(path.root().certificate().getPublicKey());
    for (X509Certificate certificate : path.certificates()) {
      strong &=
          algorithms.takes(certificate.getPublicKey()) && algorithms.takesSignatureOn(certificate);
    }
    if (!strong) {
      throw new NotTrusted(
          RefusalReason.CERTIFICATE_WEAK,
          "a key or signature that policy " + algorithms.label() + " does not take");
    }
  }

  /** Before the rules, so that a forged issuer is told from one that breaks a rule. */
  private static void signatures(Candidate path) throws NotTrusted {
    for (int i = 0; i < path.certificates().size(); i++) {
      try {
        path.certificates().get(i).verify(path.issuer(i).getPublicKey());
      } catch (GeneralSecurityException | RuntimeException wrong) {
        // BouncyCastle throws unchecked for a signature that is no whole number of bytes.
        throw new NotTrusted(
            RefusalReason.CERTIFICATE_UNTRUSTED, "a signature that is not its issuer's");
      }
    }
  }

  private static void validate(Candidate path, Instant at, Provider provider) throws NotTrusted {
    try {
      PathRules rules = path.root().rules();
      PKIXParameters parameters = new PKIXParameters(Set.of(path.root().anchor()));
      parameters.setDate(Date.from(at));
      parameters.setRevocationEnabled(false);
      parameters.setInitialPolicies(rules.initialPolicies());
      parameters.setExplicitPolicyRequired(rules.explicitPolicy());
      parameters.setPolicyMappingInhibited(rules.mappingInhibited());
      parameters.setAnyPolicyInhibited(rules.anyPolicyInhibited());
      parameters.setPolicyQualifiersRejected(false);
      CertPathValidator.getInstance("PKIX", provider)
          .validate(
              CertificateFactory.getInstance("X.509", provider)
                  .generateCertPath(path.certificates()),
              parameters);
    } catch (CertPathValidatorException invalid) {
      throw new NotTrusted(
          reason(invalid.getReason()),
          provider.getName() + " at " + invalid.getIndex() + ": " + invalid.getReason());
    } catch (GeneralSecurityException | RuntimeException unreadable) {
      // Both throw unchecked for some of what is malformed.
      throw new NotTrusted(RefusalReason.CERTIFICATE_MALFORMED, provider.getName());
    }
  }

  private static RefusalReason reason(Reason why) {
    if (why instanceof PKIXReason pkix) {
      return switch (pkix) {
        case INVALID_POLICY -> RefusalReason.CERTIFICATE_POLICY_NOT_ALLOWED;
        case INVALID_NAME -> RefusalReason.CERTIFICATE_NAME_NOT_ALLOWED;
        case NO_TRUST_ANCHOR -> RefusalReason.CERTIFICATE_UNTRUSTED;
        case NAME_CHAINING, INVALID_KEY_USAGE, NOT_CA_CERT, PATH_TOO_LONG, UNRECOGNIZED_CRIT_EXT ->
            RefusalReason.CERTIFICATE_PATH_INVALID;
      };
    }
    return why == BasicReason.ALGORITHM_CONSTRAINED
        ? RefusalReason.CERTIFICATE_WEAK
        : RefusalReason.CERTIFICATE_PATH_INVALID;
  }
}
