package dk.attestbro.crypto;

/** The kinds of key that the gateway makes for CMS and TLS. */
public enum KeyKind {
  /** ECDSA and ECDH on NIST P-256: several times cheaper than RSA, and the default. */
  P_256,
  /** RSA-PSS and RSA-OAEP, where a partner needs them. */
  RSA_3072
}
