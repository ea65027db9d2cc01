package dk.attestbro.port;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;

/**
 * Authenticated encryption at rest: a fresh data key per letter, the letter's reference as
 * associated data, wrapped by the storage key of the period. Older storage keys open, the newest
 * seals.
 */
public interface ContentSealing {
  SealedContent seal(LetterRef letter, Payload content);

  /**
   * @throws IllegalStateException where the content is not this letter's, was changed, or its key
   *     is gone
   */
  Payload open(LetterRef letter, SealedContent content);

  /** Seals what the letter's sender signed. */
  default SealedContent seal(LetterRef letter, SenderSignature signature) {
    return seal(letter, new Payload(signature.encoded(), MediaType.CMS));
  }

  /** Opens what the letter's sender signed, as {@link #open} does. */
  default SenderSignature openSignature(LetterRef letter, SealedContent signature) {
    return SenderSignature.decoded(open(letter, signature).bytes());
  }
}
