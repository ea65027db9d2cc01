package dk.attestbro.port;

import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;

/**
 * Keyed digests by which two letters are known to be about the same citizen, without the citizen's
 * number being kept. Without the key a number cannot be tried against them.
 */
public interface CitizenDigests {
  /** The digest of the citizen's number and its system; names do not count. */
  Digest of(Citizen citizen);
}
