package dk.attestbro.gateway.api;

/** The certificate that partners encrypt to, as it stands now. */
@FunctionalInterface
public interface EncryptionCertificate {
  /** The certificate as PEM (RFC 7468). */
  String pem();
}
