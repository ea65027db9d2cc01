package dk.attestbro.trust;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;

/** A root that the operator pinned, and what is demanded of paths that end in it. */
record TrustedRoot(String name, X509Certificate certificate, PathRules rules) {
  TrustAnchor anchor() {
    return new TrustAnchor(certificate, null);
  }
}
