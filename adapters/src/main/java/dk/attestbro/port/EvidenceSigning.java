package dk.attestbro.port;

import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;

/**
 * Signs what anchors the evidence, with the key that signs receipts: compact JWS (RFC 7515). The
 * same statement gets the same signature.
 */
public interface EvidenceSigning {
  /** The checkpoint as {@code {"kind":"checkpoint","number",...}}. */
  String sign(Checkpoint checkpoint);

  /**
   * That the gateway made the package with this manifest, as {@code {"kind":"evidence-package"}}.
   */
  String signPackage(Digest manifest);

  /** The public keys as a JWK Set (RFC 7517). */
  String jwks();
}
