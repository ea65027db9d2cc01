package dk.attestbro.model;

import java.nio.charset.StandardCharsets;

/** The newest entry of a chain of evidence at some time: its number and its hash. */
public record EvidenceHead(String chain, long sequence, Digest hash) {
  /** The leaf that stands for it under a checkpoint. */
  public Digest leaf() {
    String text = String.join("\n", chain, Long.toString(sequence), hash.hex());
    return MerkleTree.leaf(text.getBytes(StandardCharsets.UTF_8));
  }
}
