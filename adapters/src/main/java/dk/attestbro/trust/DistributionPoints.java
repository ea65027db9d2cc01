package dk.attestbro.trust;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Where a certificate says that its revocation can be looked up. What is unreadable is absent. */
final class DistributionPoints {
  private static final String DISTRIBUTION_POINTS = "2.5.29.31";
  private static final String FRESHEST = "2.5.29.46";
  private static final String INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

  private DistributionPoints() {}

  /** Where its CRLs are, over HTTP. */
  static List<URI> crls(X509Certificate certificate) {
    return places(points(certificate, DISTRIBUTION_POINTS));
  }

  /** Where what changed since its complete CRL is (RFC 5280, 4.2.1.15 and 5.2.6), over HTTP. */
  static List<URI> deltas(X509Extension certificateOrCrl) {
    return places(points(certificateOrCrl, FRESHEST));
  }

  private static List<URI> places(List<DistributionPoint> points) {
    List<URI> found = new ArrayList<>();
    for (DistributionPoint point : points) {
      @Nullable DistributionPointName name = point.getDistributionPoint();
      if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
        for (GeneralName one : GeneralNames.getInstance(name.getName()).getNames()) {
          http(one).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** Who else than its issuer issues CRLs for it. */
  static List<X500Principal> crlIssuers(X509Certificate certificate) {
    List<X500Principal> found = new ArrayList<>();
    for (DistributionPoint point : points(certificate, DISTRIBUTION_POINTS)) {
      @Nullable GeneralNames issuers = point.getCRLIssuer();
      for (GeneralName issuer : issuers == null ? new GeneralName[0] : issuers.getNames()) {
        if (issuer.getTagNo() == GeneralName.directoryName) {
          principal(issuer).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** Its OCSP responder, over HTTP. */
  static Optional<URI> responder(X509Certificate certificate) {
    byte @Nullable [] extension = certificate.getExtensionValue(INFORMATION_ACCESS);
    if (extension == null) {
      return Optional.empty();
    }
    try {
      for (AccessDescription one :
          AuthorityInformationAccess.getInstance(Asn1.extension(extension))
              .getAccessDescriptions()) {
        Optional<URI> place = http(one.getAccessLocation());
        if (one.getAccessMethod().equals(X509ObjectIdentifiers.ocspAccessMethod)
            && place.isPresent()) {
          return place;
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static List<DistributionPoint> points(X509Extension of, String oid) {
    byte @Nullable [] extension = of.getExtensionValue(oid);
    if (extension == null) {
      return List.of();
    }
    try {
      return List.of(CRLDistPoint.getInstance(Asn1.extension(extension)).getDistributionPoints());
    } catch (IllegalArgumentException unreadable) {
      return List.of();
    }
  }

  private static Optional<X500Principal> principal(GeneralName name) {
    try {
      return Optional.of(new X500Principal(name.getName().toASN1Primitive().getEncoded()));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<URI> http(GeneralName name) {
    if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(ASN1IA5String.getInstance(name.getName()).getString());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean web = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
      return Optional.of(uri).filter(unused -> web);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
