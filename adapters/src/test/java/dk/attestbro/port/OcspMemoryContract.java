package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Digest;
import dk.attestbro.port.OcspMemory.Remembered;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How every kind of {@link OcspMemory} remembers. Empty before each test. */
public abstract class OcspMemoryContract {
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest OTHER = Digest.of(new byte[] {2});

  protected abstract OcspMemory memory();

  @Test
  void givesBackTheLastAnswerAboutEach() {
    remember(ONE, 1, NOW);
    remember(OTHER, 2, NOW);
    remember(ONE, 3, NOW.plusSeconds(60));

    Remembered found = memory().find(ONE).orElseThrow();
    assertThat(found.der()).containsExactly(3);
    assertThat(found.asked()).isEqualTo(NOW.plusSeconds(60));
    assertThat(memory().find(OTHER).orElseThrow().der()).containsExactly(2);
    assertThat(memory().find(Digest.of(new byte[] {9}))).isEmpty();
  }

  @Test
  void forgetsWhatWasAskedForLongAgo() {
    remember(ONE, 1, NOW);
    memory().remember(OTHER, answer(2, NOW.plusSeconds(60)), NOW.plusSeconds(1));

    assertThat(memory().find(ONE)).isEmpty();
    assertThat(memory().find(OTHER)).isPresent();
  }

  private void remember(Digest about, int content, Instant asked) {
    memory().remember(about, answer(content, asked), asked.minusSeconds(3600));
  }

  private static Remembered answer(int content, Instant asked) {
    return new Remembered(new byte[] {(byte) content}, asked);
  }
}
