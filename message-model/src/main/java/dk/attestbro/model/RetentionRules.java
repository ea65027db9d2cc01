package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When contents are deleted, as pure functions. The case decides for all of its letters; a letter
 * without a certificate case goes by its own end; and no letter is held longer than the longest
 * time.
 */
public final class RetentionRules {
  private RetentionRules() {}

  /**
   * When nothing more is to come in this case: both sides have filed; else its end without a reply.
   * Empty while it is open, and where one side has not filed the reply.
   */
  public static Optional<Instant> doneAt(CertificateCase known) {
    CaseStanding standing = known.standing();
    if (standing.requesterFiledAt().isPresent() && standing.responderFiledAt().isPresent()) {
      return Stream.of(standing.requesterFiledAt().get(), standing.responderFiledAt().get())
          .max(Instant::compareTo);
    }
    return standing.endedAt();
  }

  /** When the contents of the case go by its end; empty where only the longest time ends them. */
  public static Optional<Instant> goesAfterEnd(CertificateCase known, Retention retention) {
    return doneAt(known).map(retention::afterEnd);
  }

  /**
   * When all that is held of the case goes: after its end, and at the longest time after its last
   * turn. Each letter's own longest time may come before.
   */
  public static Instant goes(CertificateCase known, Retention retention) {
    Instant longest = retention.longestAfter(known.updatedAt());
    return goesAfterEnd(known, retention).filter(longest::isAfter).orElse(longest);
  }

  /**
   * When the content of a letter without a certificate case goes.
   *
   * @param endedAt when it reached the end state that it is in; empty where it is under way
   */
  public static Instant goes(Letter letter, Optional<Instant> endedAt, Retention retention) {
    Instant longest = longest(letter, retention);
    return endedAt.map(retention::afterEnd).filter(longest::isAfter).orElse(longest);
  }

  /** When the content of any letter goes at the latest. */
  public static Instant longest(Letter letter, Retention retention) {
    return retention.longestAfter(letter.receivedAt());
  }

  /** Whether the letter is at its end: nothing more is done about it unless someone asks. */
  public static boolean isAtItsEnd(Letter letter) {
    return switch (letter.status()) {
      case ACKNOWLEDGED, REFUSED_BY_RECEIVER, DEAD, CLOSED, REFUSED -> true;
      case SENT -> letter.isAcknowledgement();
      case RECORDED, QUEUED -> false;
    };
  }
}
