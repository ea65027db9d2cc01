package dk.attestbro.trust;

import dk.attestbro.port.CertificateTrust.Proof;
import java.util.List;

/** What is known about the revocation of one certificate. */
sealed interface Revocation {
  /**
   * It was not revoked.
   *
   * @param onGrace whether the proof is older than it should be
   */
  record Good(List<Proof> proofs, boolean onGrace) implements Revocation {}

  /** It was. */
  record Revoked(String how) implements Revocation {}

  /** Its responder answers that it does not know it: perhaps it was never issued. */
  record Disowned() implements Revocation {}

  /** Nobody could tell. */
  record Unknown(String why) implements Revocation {}

  /** There is no source of this kind for it. */
  record NoSource() implements Revocation {}
}
