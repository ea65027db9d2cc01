package dk.attestbro.memory;

import dk.attestbro.model.Digest;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.TrustProofs;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The proofs in memory. */
public final class MemoryTrustProofs implements TrustProofs {
  private final Map<Digest, Proof> kept = new ConcurrentHashMap<>();

  @Override
  public void keep(Collection<Proof> proofs) {
    proofs.forEach(proof -> kept.putIfAbsent(proof.digest(), proof));
  }

  @Override
  public Optional<Proof> find(Digest digest) {
    return Optional.ofNullable(kept.get(digest));
  }
}
