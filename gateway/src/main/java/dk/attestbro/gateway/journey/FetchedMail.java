package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import java.time.Instant;

/**
 * A mail exactly as a mail account holds it. Not copied.
 *
 * @param account the account's name in the settings
 * @param bytes the whole mail, or of one that is too large its header alone
 * @param size the size of the whole mail, as the server tells it
 */
@SuppressWarnings("ArrayRecordComponent")
public record FetchedMail(
    String account, byte[] bytes, boolean whole, int size, Instant receivedAt) {
  /** The digest of what was fetched: the same mail fetched again has the same. */
  Digest sha256() {
    return Digest.of(bytes);
  }

  @Override
  public String toString() {
    return "FetchedMail[" + account + ", " + size + " bytes]";
  }
}
