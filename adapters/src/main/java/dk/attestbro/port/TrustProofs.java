package dk.attestbro.port;

import dk.attestbro.model.Digest;
import dk.attestbro.port.CertificateTrust.Proof;
import java.util.Collection;
import java.util.Optional;

/**
 * By what signatures were relied upon: certificates, OCSP answers and CRLs, each once, under the
 * digest of its bytes. They stay as long as the evidence that names them: nothing takes them away.
 */
public interface TrustProofs {
  /**
   * Keeps all of them, durable when it returns: so that evidence may name them after it, and not
   * before. What is there already stays as it is.
   *
   * @throws RecordsUnavailable where they cannot be kept
   */
  void keep(Collection<Proof> proofs);

  /** What is kept under this digest. */
  Optional<Proof> find(Digest digest);
}
