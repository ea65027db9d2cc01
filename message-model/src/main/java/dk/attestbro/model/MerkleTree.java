package dk.attestbro.model;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash tree over leaves in their order (RFC 6962, 2.1, SHA-256): one root stands for all of them,
 * and a few digests prove that a leaf is among them.
 */
public final class MerkleTree {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final List<Digest> leaves;

  /** A tree over these leaves, as {@link #leaf} makes them. */
  public MerkleTree(List<Digest> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  /** The leaf of an entry. */
  public static Digest leaf(byte[] entry) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(LEAF);
    sha256.update(entry);
    return Digest.of(sha256);
  }

  /** What stands for all leaves; of none the digest of nothing. */
  public Digest root() {
    return leaves.isEmpty() ? Digest.of(new byte[0]) : root(leaves);
  }

  /** What proves that the leaf at this place (from 0) is in the tree, from the leaf upwards. */
  public List<Digest> proof(int place) {
    if (place < 0 || place >= leaves.size()) {
      throw new IllegalArgumentException("the tree has no leaf at " + place);
    }
    return proof(place, leaves);
  }

  /**
   * The root of the tree of this size that has the leaf at this place, if the proof is right.
   *
   * @throws IllegalArgumentException where a proof of this length belongs to no such place
   */
  public static Digest rootBy(Digest leaf, int place, int size, List<Digest> proof) {
    if (place < 0 || place >= size) {
      throw new IllegalArgumentException("a tree of " + size + " has no leaf at " + place);
    }
    return rootBy(leaf, place, size, proof, proof.size());
  }

  private static Digest rootBy(Digest leaf, int place, int size, List<Digest> proof, int length) {
    if ((size == 1) != (length == 0)) {
      throw new IllegalArgumentException("the proof has the wrong length");
    }
    if (size == 1) {
      return leaf;
    }
    int split = split(size);
    Digest sibling = proof.get(length - 1);
    return place < split
        ? node(rootBy(leaf, place, split, proof, length - 1), sibling)
        : node(sibling, rootBy(leaf, place - split, size - split, proof, length - 1));
  }

  private static Digest root(List<Digest> part) {
    if (part.size() == 1) {
      return part.get(0);
    }
    int split = split(part.size());
    return node(root(part.subList(0, split)), root(part.subList(split, part.size())));
  }

  private static List<Digest> proof(int place, List<Digest> part) {
    if (part.size() == 1) {
      return new ArrayList<>();
    }
    int split = split(part.size());
    List<Digest> left = part.subList(0, split);
    List<Digest> right = part.subList(split, part.size());
    List<Digest> proof = place < split ? proof(place, left) : proof(place - split, right);
    proof.add(root(place < split ? right : left));
    return proof;
  }

  private static Digest node(Digest left, Digest right) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(NODE);
    sha256.update(HexFormat.of().parseHex(left.hex()));
    sha256.update(HexFormat.of().parseHex(right.hex()));
    return Digest.of(sha256);
  }

  /** The largest power of two below the size. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
