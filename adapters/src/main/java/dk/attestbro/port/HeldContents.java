package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is still held sealed: contents, and the texts of acknowledgements. What was deleted is not
 * looked at again.
 */
public interface HeldContents {
  /** Whether anything sealed is held of this letter. */
  boolean isHeld(LetterRef letter);

  /** The letters of a case of which anything sealed is held, oldest first. */
  List<Letter> heldOf(CaseId id);

  /**
   * The cases of which something may be held and that are over ({@link
   * dk.attestbro.model.RetentionRules#doneAt}) since {@code doneBy} or before, or were last moved
   * at {@code movedBy} or before. In the order of their ids.
   *
   * @param after the case already seen last
   * @param limit 1 to 500
   */
  List<CertificateCase> casesToEmpty(
      Instant doneBy, Instant movedBy, Optional<CaseId> after, int limit);

  /**
   * The letters of which something is held that may go: those without a certificate case that have
   * been at their end since {@code endedBy} or before, and all that were recorded at {@code
   * receivedBy} or before. In the order of their ids and senders.
   *
   * @param after the letter already seen last
   * @param limit 1 to 500
   */
  List<HeldLetter> lettersToEmpty(
      Instant endedBy, Instant receivedBy, Optional<LetterRef> after, int limit);

  /**
   * A letter of which something is held.
   *
   * @param endedAt since when it has been at its end, where that end decides
   */
  record HeldLetter(Letter letter, Optional<Instant> endedAt) {}

  /** Whether anything held is sealed by this storage key. */
  boolean isKeyNeeded(int keyId);
}
