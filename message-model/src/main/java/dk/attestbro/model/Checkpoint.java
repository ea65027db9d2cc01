package dk.attestbro.model;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * One statement about all evidence that was added since the last: the root of a {@link MerkleTree}
 * over the heads of the chains that grew, in the order of their chains. Checkpoints are numbered
 * from 1 and follow one another by the digests of their signed forms: each names the one before,
 * and one further back, so that a short walk leads from any to any earlier one.
 */
public record Checkpoint(
    long number, Instant at, Digest previous, Digest earlier, int heads, Digest root) {
  /** The number of the one further back that it names; 0 where there is none. */
  public static long earlier(long number) {
    return number - Long.lowestOneBit(number);
  }

  /**
   * The numbers of a walk from the highest of these to the lowest that passes all of them, lowest
   * first: each is named by one that comes after it.
   */
  public static List<Long> walk(List<Long> numbers) {
    TreeSet<Long> wanted = new TreeSet<>(numbers);
    TreeSet<Long> walk = new TreeSet<>();
    while (!wanted.isEmpty()) {
      long at = wanted.pollLast();
      walk.add(at);
      if (!wanted.isEmpty()) {
        long next = wanted.last();
        wanted.add(earlier(at) >= next ? earlier(at) : at - 1);
      }
    }
    return List.copyOf(walk);
  }
}
