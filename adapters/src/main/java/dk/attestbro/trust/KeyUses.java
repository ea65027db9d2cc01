package dk.attestbro.trust;

import dk.attestbro.port.CertificateTrust.Purpose;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a certificate may be used for a purpose: keyUsage, and extKeyUsage where present. */
final class KeyUses {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;
  private static final String ANY = "2.5.29.37.0";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";

  private KeyUses() {}

  static boolean allow(X509Certificate certificate, Purpose purpose) {
    boolean @Nullable [] usage = certificate.getKeyUsage();
    return (usage == null || allows(usage, certificate, purpose)) && extended(certificate, purpose);
  }

  private static boolean allows(boolean[] usage, X509Certificate certificate, Purpose purpose) {
    return switch (purpose) {
      case SIGN -> Asn1.bit(usage, DIGITAL_SIGNATURE) || Asn1.bit(usage, NON_REPUDIATION);
      case TLS_CLIENT -> Asn1.bit(usage, DIGITAL_SIGNATURE);
      case TLS_SERVER ->
          Asn1.bit(usage, DIGITAL_SIGNATURE)
              || Asn1.bit(usage, KEY_ENCIPHERMENT)
              || Asn1.bit(usage, KEY_AGREEMENT);
      case ENCRYPT ->
          Asn1.bit(
              usage,
              certificate.getPublicKey() instanceof RSAPublicKey
                  ? KEY_ENCIPHERMENT
                  : KEY_AGREEMENT);
    };
  }

  private static boolean extended(X509Certificate certificate, Purpose purpose) {
    @Nullable List<String> uses;
    try {
      uses = certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException unreadable) {
      return false;
    }
    Set<String> wanted =
        switch (purpose) {
          case TLS_CLIENT -> Set.of(ANY, CLIENT_AUTH);
          case TLS_SERVER -> Set.of(ANY, SERVER_AUTH);
          case SIGN, ENCRYPT -> Set.of(ANY, CLIENT_AUTH, EMAIL_PROTECTION);
        };
    return uses == null || uses.stream().anyMatch(wanted::contains);
  }
}
