package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;

/**
 * A letter as the broker carries it: CMS for its receiver, or sealed by the storage key. {@code
 * version} is the outbox row's after the hand-over; {@code endpoint} the fingerprint of the
 * endpoint that it was protected for. {@code mediaType} is what the body is: CMS, or what it is
 * once opened. Not copied.
 */
@SuppressWarnings("ArrayRecordComponent")
public record ProtectedMessage(
    LetterRef letter,
    BundleId bundleId,
    PartyId receiver,
    int version,
    String endpoint,
    MediaType mediaType,
    byte[] body) {
  /** Whether the body is sealed by the storage key and must be opened before it is sent. */
  public boolean isSealed() {
    return mediaType != MediaType.CMS;
  }

  @Override
  public String toString() {
    return "ProtectedMessage[" + letter + ", " + body.length + " bytes]";
  }
}
