package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PackedFactsTest {
  private static final int OPENED = 20_500;
  private static final UUID ONE = new UUID(-1, Long.MIN_VALUE);
  private static final UUID OTHER = new UUID(0, 1);

  private final PackedFacts.Writer writer = new PackedFacts.Writer(OPENED);

  @Test
  void givesBackWhatWasPacked() {
    FactFigures plain = fact(7, OPENED + 14, OPENED + 20, "");
    FactFigures bare = fact(1960, FactFigures.NONE, FactFigures.NONE, "");
    FactFigures left = fact(Integer.MAX_VALUE, Integer.MAX_VALUE, -2_000_000_000, "GRUND_Æ");
    writer.add(ONE, 5, PackedFacts.STILL, plain);
    writer.add(ONE, -5, PackedFacts.STILL, bare);
    writer.add(OTHER, 9, PackedFacts.STILL, left);
    assertThat(read(10, Set.of())).containsExactly(plain, bare, left);
  }

  @Test
  void tellsWhatStoodAtTheMoment() {
    FactFigures before = fact(1, OPENED, OPENED, "");
    FactFigures after = fact(2, OPENED, OPENED, "");
    writer.add(ONE, 100, 200, before);
    writer.add(ONE, 200, PackedFacts.STILL, after);
    assertThat(read(99, Set.of())).isEmpty();
    assertThat(read(100, Set.of())).containsExactly(before);
    assertThat(read(199, Set.of())).containsExactly(before);
    assertThat(read(200, Set.of())).containsExactly(after);
  }

  @Test
  void leavesCasesOut() {
    FactFigures fact = fact(1, OPENED, OPENED, "");
    FactFigures wanted = fact(2, OPENED, OPENED, "");
    writer.add(ONE, 1, 2, fact);
    writer.add(ONE, 2, PackedFacts.STILL, fact);
    writer.add(OTHER, 1, PackedFacts.STILL, wanted);
    assertThat(read(3, Set.of(ONE))).containsExactly(wanted);
  }

  private List<FactFigures> read(long cutoff, Set<UUID> without) {
    List<FactFigures> facts = new ArrayList<>();
    PackedFacts.read(writer.bytes(), OPENED, cutoff, without, (caseId, fact) -> facts.add(fact));
    return facts;
  }

  private static FactFigures fact(int place, int due, int repliedOn, String endReason) {
    return new FactFigures(
        place,
        OPENED,
        61,
        -3,
        due,
        repliedOn,
        FactFigures.NONE,
        127,
        128,
        1 << 30,
        -64,
        0,
        endReason);
  }
}
