package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.PartyId;
import java.util.List;
import java.util.Set;

/**
 * The certificates that a case's letters were trusted by, and what was known of their revocation.
 */
public interface TrustMaterial {
  /** The certificates of the gateway and of these parties, each with its chain. */
  List<Used> certificates(Set<PartyId> parties);

  /** The revocation lists and OCSP answers that were used for these certificates. */
  List<Revocation> revocation(Set<PartyId> parties);

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

  /** A revocation list or an OCSP answer, in DER. */
  @SuppressWarnings("ArrayRecordComponent")
  record Revocation(Kind kind, byte[] der) {
    /** The two kinds. */
    public enum Kind {
      CRL,
      OCSP
    }
  }
}
