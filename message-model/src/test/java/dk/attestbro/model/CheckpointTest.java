package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tree under a checkpoint, and the walk from one checkpoint to another. */
class CheckpointTest {
  @Test
  void provesEveryLeafOfTreesOfEverySize() {
    for (int size = 1; size <= 33; size++) {
      List<Digest> leaves = leaves(size);
      MerkleTree tree = new MerkleTree(leaves);
      for (int place = 0; place < size; place++) {
        assertThat(MerkleTree.rootBy(leaves.get(place), place, size, tree.proof(place)))
            .isEqualTo(tree.root());
      }
    }
  }

  @Test
  void hasTheRootsOfRfc6962() {
    assertThat(new MerkleTree(List.of()).root().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(MerkleTree.leaf(new byte[0]).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Test
  void provesNothingElse() {
    List<Digest> leaves = leaves(7);
    MerkleTree tree = new MerkleTree(leaves);
    List<Digest> proof = tree.proof(3);

    assertThat(MerkleTree.rootBy(leaves.get(2), 3, 7, proof)).isNotEqualTo(tree.root());
    assertThat(MerkleTree.rootBy(leaves.get(3), 2, 7, proof)).isNotEqualTo(tree.root());
    assertThatThrownBy(() -> MerkleTree.rootBy(leaves.get(3), 3, 7, proof.subList(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.rootBy(leaves.get(3), 7, 7, proof))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void walksFromAnyCheckpointToAnyEarlierOneInFewSteps() {
    for (long from = 1; from <= 70; from++) {
      for (long to = from; to <= 70; to++) {
        List<Long> walk = Checkpoint.walk(List.of(from, to));
        assertThat(walk).startsWith(from).endsWith(to);
        for (int i = 1; i < walk.size(); i++) {
          long named = walk.get(i - 1);
          long by = walk.get(i);
          assertThat(named == by - 1 || named == Checkpoint.earlier(by)).isTrue();
        }
      }
    }
    assertThat(Checkpoint.walk(List.of(1L, 1_000_000L))).hasSizeLessThan(200);
    assertThat(Checkpoint.walk(List.of(5L, 900L, 20L))).contains(5L, 20L, 900L);
    assertThat(Checkpoint.walk(List.of())).isEmpty();
  }

  private static List<Digest> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> MerkleTree.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
