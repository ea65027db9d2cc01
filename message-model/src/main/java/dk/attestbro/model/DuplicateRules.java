package dk.attestbro.model;

import java.util.Optional;

/**
 * What to do with a letter that is known already, as a pure function (MedCom reliable messaging).
 */
public final class DuplicateRules {
  private DuplicateRules() {}

  /** What to do with a repetition. */
  public enum Duplicate {
    /** The answer that the letter got first, again. */
    FIRST_ANSWER,
    /** The final Acknowledgement again, same content, new envelope. */
    FINAL_ACKNOWLEDGEMENT,
    /** The new envelope is a further transmission and is relayed as received. */
    FURTHER_ENVELOPE,
    /** The gateway is about to send it anyway: the Receipt, and no more. */
    RECEIPT_ONLY,
    /** Another letter bears this Bundle.id. */
    BUNDLE_REUSED,
    /** The id was used for other content. */
    CONTENT_CHANGED
  }

  /**
   * Decides by what is known.
   *
   * @param known the letter with this id from this sender
   * @param content the content digest of what came now
   * @param bundleOf the letter that its Bundle.id is recorded for
   * @param row what the letter still has to send
   * @param senderResendsItself whether the gateway leaves resending to the sender
   */
  public static Duplicate decide(
      Letter known,
      Digest content,
      Optional<LetterRef> bundleOf,
      Optional<OutboxRow> row,
      boolean senderResendsItself) {
    if (!known.contentDigest().equals(content)) {
      return Duplicate.CONTENT_CHANGED;
    }
    if (known.status() == LetterStatus.REFUSED || known.isAcknowledgement()) {
      return Duplicate.FIRST_ANSWER;
    }
    if (bundleOf.isPresent() && !bundleOf.get().equals(known.ref())) {
      return Duplicate.BUNDLE_REUSED;
    }
    if (known.acknowledgement().filter(a -> a.code().isFinal()).isPresent()) {
      return Duplicate.FINAL_ACKNOWLEDGEMENT;
    }
    if (bundleOf.isPresent()) {
      return Duplicate.FIRST_ANSWER;
    }
    boolean pending = row.isPresent() && row.get().phase() != OutboxRow.Phase.AWAITING;
    return pending && !senderResendsItself ? Duplicate.RECEIPT_ONLY : Duplicate.FURTHER_ENVELOPE;
  }
}
