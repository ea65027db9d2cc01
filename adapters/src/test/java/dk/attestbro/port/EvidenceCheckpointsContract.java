package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceHead;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.TimelineCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every kind of {@link EvidenceCheckpoints} keeps. Empty records before each test. */
public abstract class EvidenceCheckpointsContract {
  private final List<EvidenceCheckpoints.Uncovered> signed = new ArrayList<>();

  protected abstract Records records();

  protected abstract EvidenceCheckpoints checkpoints();

  @Test
  void coversTheHeadOfEveryChainThatGrewOnceInTheOrderOfChains() {
    note("case:b", "1", "2");
    note("case:a", "1");
    note("case:b", "3");

    assertThat(cover(1)).isTrue();
    assertThat(cover(2)).isFalse();

    assertThat(signed).hasSize(1);
    assertThat(signed.get(0).number()).isEqualTo(1);
    assertThat(signed.get(0).previous()).isEqualTo(Evidence.START);
    assertThat(signed.get(0).heads()).containsExactly(head("case:a"), head("case:b"));
    assertThat(checkpoints().covers("case:b"))
        .containsExactly(new EvidenceCheckpoints.Cover(3, 1, 1));
    assertThat(checkpoints().checkpoint(1))
        .contains(
            new EvidenceCheckpoints.Signed(
                1, "jws-1", List.of(head("case:a").leaf(), head("case:b").leaf())));
    assertThat(checkpoints().checkpoint(2)).isEmpty();
  }

  @Test
  void makesOneCheckpointPerPeriodAndLeavesTheRestForTheNext() {
    note("case:a", "1");
    assertThat(cover(1)).isTrue();
    note("case:a", "2");
    assertThat(cover(1)).isFalse();
    assertThat(checkpoints().uncoveredSince()).contains(NOW);
    assertThat(cover(2)).isTrue();

    assertThat(checkpoints().uncoveredSince()).isEmpty();
    assertThat(signed.get(1).previous()).isEqualTo(digest("jws-1"));
    assertThat(checkpoints().covers("case:a"))
        .extracting(EvidenceCheckpoints.Cover::sequence)
        .containsExactly(1L, 2L);
  }

  @Test
  void namesTheCheckpointBeforeAndOneFurtherBack() {
    for (int number = 1; number <= 4; number++) {
      note("case:a", "" + number);
      cover(number);
    }
    assertThat(signed.get(2).earlier()).isEqualTo(digest("jws-2"));
    assertThat(signed.get(3).previous()).isEqualTo(digest("jws-3"));
    assertThat(signed.get(3).earlier()).isEqualTo(Evidence.START);
  }

  @Test
  void takesNoMoreThanItIsTold() {
    note("case:a", "1");
    note("case:b", "1");
    checkpoints().cover(NOW.plusSeconds(60), 1, this::sign);
    assertThat(signed.get(0).heads()).hasSize(1);
    assertThat(checkpoints().uncoveredSince()).isPresent();
  }

  @Test
  void coversNothingWhereTheCheckpointCannotBeSigned() {
    note("case:a", "1");
    assertThatThrownBy(
            () ->
                checkpoints()
                    .cover(
                        NOW,
                        10,
                        any -> {
                          throw new IllegalStateException("no key");
                        }))
        .hasMessage("no key");
    assertThat(checkpoints().uncoveredSince()).isPresent();
    assertThat(cover(1)).isTrue();
    assertThat(signed.get(0).heads()).containsExactly(head("case:a"));
  }

  private boolean cover(int minute) {
    return checkpoints().cover(NOW.plusSeconds(60L * minute), 1000, this::sign);
  }

  private String sign(EvidenceCheckpoints.Uncovered uncovered) {
    signed.add(uncovered);
    return "jws-" + uncovered.number();
  }

  private EvidenceHead head(String chain) {
    List<EvidenceLink> links = records().evidence(chain);
    EvidenceLink newest = links.get(links.size() - 1);
    return new EvidenceHead(chain, newest.sequence(), newest.hash());
  }

  private static Digest digest(String jws) {
    return RecordSamples.digest(jws);
  }

  private void note(String chain, String... details) {
    Instant at = NOW;
    Change.Builder change = new Change.Builder();
    for (String detail : details) {
      change.add(
          new Change.AddEvidence(
              new Evidence(chain, at, TimelineCode.RECORDED, Optional.empty(), detail)));
    }
    assertThat(records().commit(change.build())).isEqualTo(Commit.DONE);
  }
}
