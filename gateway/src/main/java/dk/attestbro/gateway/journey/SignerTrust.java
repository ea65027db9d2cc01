package dk.attestbro.gateway.journey;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the certificate that signed a mail may be relied upon; whose it is, is judged apart. */
@FunctionalInterface
public interface SignerTrust {
  /**
   * Why not; empty where it may.
   *
   * @param others the certificates that came with it
   */
  Optional<RefusalReason> objection(Certificate signer, List<Certificate> others, Instant at);
}
