package dk.attestbro.gateway.journey;

import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.EvidenceHead;
import dk.attestbro.model.MerkleTree;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.EvidenceCheckpoints;
import dk.attestbro.port.EvidenceSigning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anchors the evidence: one signed checkpoint per period over everything that was added since the
 * last. Where none can be made for too long, new letters are not taken until one can.
 */
public final class AnchorEvidence {
  /** More than a busy minute adds; a checkpoint keeps one digest for each. */
  private static final int MOST_HEADS = 200_000;

  private final EvidenceCheckpoints checkpoints;
  private final EvidenceSigning signing;
  private final Duration period;
  private final Duration longestWithout;
  private final Alarms alarms;
  private final Clock clock;

  /** Since when evidence has waited in vain; nothing where the last turn went well. */
  private volatile @Nullable Instant failingSince;

  private boolean told;

  /**
   * @param period one checkpoint at most in each
   * @param longestWithout evidence that waits longer stops the taking of new letters
   */
  public AnchorEvidence(
      EvidenceCheckpoints checkpoints,
      EvidenceSigning signing,
      Duration period,
      Duration longestWithout,
      Alarms alarms,
      Clock clock) {
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException("the period of checkpoints is a millisecond at least");
    }
    this.checkpoints = checkpoints;
    this.signing = signing;
    this.period = period;
    this.longestWithout = longestWithout;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Makes the checkpoint of this period where there is something to cover. */
  public synchronized void due() {
    Instant now = clock.instant();
    try {
      checkpoints.cover(periodOf(now), MOST_HEADS, uncovered -> signing.sign(of(uncovered, now)));
      failingSince = null;
      told = false;
    } catch (RuntimeException failed) {
      noteFailure(now);
      throw failed;
    }
  }

  private static Checkpoint of(EvidenceCheckpoints.Uncovered uncovered, Instant now) {
    return new Checkpoint(
        uncovered.number(),
        now,
        uncovered.previous(),
        uncovered.earlier(),
        uncovered.heads().size(),
        new MerkleTree(uncovered.heads().stream().map(EvidenceHead::leaf).toList()).root());
  }

  private Instant periodOf(Instant now) {
    long millis = period.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis);
  }

  private void noteFailure(Instant now) {
    if (failingSince == null) {
      failingSince = waitingSince().filter(now::isAfter).orElse(now);
    }
    if (isBehind() && !told) {
      told = true;
      alarms.raise(TimelineCode.EVIDENCE_NOT_ANCHORED, "checkpoints", "since " + failingSince);
    }
  }

  private Optional<Instant> waitingSince() {
    try {
      return checkpoints.uncoveredSince();
    } catch (RuntimeException unreadable) {
      // What cannot be asked now counts from now.
      return Optional.empty();
    }
  }

  /** Whether evidence has waited for a checkpoint in vain for too long. */
  public boolean isBehind() {
    Instant since = failingSince;
    return since != null && !since.plus(longestWithout).isAfter(clock.instant());
  }

  /**
   * Lets a new letter in.
   *
   * @throws MessageRefused EVIDENCE_NOT_ANCHORED where the evidence is behind
   */
  public Recognised.NewLetter accept(Recognised.NewLetter letter) {
    if (isBehind()) {
      throw new MessageRefused(RefusalReason.EVIDENCE_NOT_ANCHORED);
    }
    return letter;
  }
}
