package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CertificateTrust.Proof;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The certificates of a case's parties, and by what the signatures on its letters were trusted. */
public interface TrustMaterial {
  /** The certificates of the gateway and of these parties, each with its chain. */
  List<Used> certificates(Set<PartyId> parties);

  /** What was kept under this digest when a signature was relied upon. */
  Optional<Proof> kept(Digest digest);

  /**
   * A certificate.
   *
   * @param owner a party's id, or {@code gateway}
   * @param use what it is for, as a code
   * @param issuers the certificates above it, the nearest first, where they are known
   */
  record Used(String owner, String use, Certificate certificate, List<Certificate> issuers) {
    public Used {
      issuers = List.copyOf(issuers);
    }
  }
}
