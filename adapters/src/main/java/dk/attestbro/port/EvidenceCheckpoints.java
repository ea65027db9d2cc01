package dk.attestbro.port;

import dk.attestbro.model.Digest;
import dk.attestbro.model.EvidenceHead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The checkpoints over the evidence. Every commit that adds evidence leaves the heads of its chains
 * to be covered; which checkpoint covers them is decided once.
 */
public interface EvidenceCheckpoints {
  /**
   * Covers what no checkpoint covers yet by the next one, all in one commit. Nothing where there is
   * nothing to cover, where this period has its checkpoint already, and where another node is
   * quicker.
   *
   * @param period the beginning of the period that it is for
   * @param most so many heads at the most; the rest is for the next one
   * @param signing makes the signed form, within the commit
   * @return whether one was made
   */
  boolean cover(Instant period, int most, Function<Uncovered, String> signing);

  /** Since when something has waited for a checkpoint; empty where nothing does. */
  Optional<Instant> uncoveredSince();

  /** The entries of this chain that a checkpoint covers as its head, oldest first. */
  List<Cover> covers(String chain);

  /** The checkpoint with this number. */
  Optional<Signed> checkpoint(long number);

  /** What the next checkpoint is made of; the heads in the order of their chains, each once. */
  record Uncovered(long number, Digest previous, Digest earlier, List<EvidenceHead> heads) {
    public Uncovered {
      heads = List.copyOf(heads);
    }
  }

  /** Which checkpoint covers an entry, and at which place among its leaves (from 0). */
  record Cover(long sequence, long checkpoint, int place) {}

  /** A checkpoint as it was signed, and the leaves of its tree. */
  record Signed(long number, String jws, List<Digest> leaves) {
    public Signed {
      leaves = List.copyOf(leaves);
    }
  }
}
