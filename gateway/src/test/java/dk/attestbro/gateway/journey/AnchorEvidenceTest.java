package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.EvidenceSigning;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A checkpoint each period, and what happens where none can be made. */
class AnchorEvidenceTest {
  private final TestGateway gateway = new TestGateway();
  private final EvidenceSigning good = gateway.evidenceSigning;
  private final Payload request = TestGateway.newCase().request(MediaType.FHIR_JSON);

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void coversWhatWasRecordedOnceAPeriod() {
    gateway.recorded(request);
    gateway.anchor.due();
    gateway.anchor.due();
    assertThat(gateway.memory.uncoveredSince()).isEmpty();
    assertThat(gateway.memory.checkpoint(1)).isPresent();
    assertThat(gateway.memory.checkpoint(2)).isEmpty();
  }

  @Test
  void takesNoNewLetterWhenNoCheckpointCouldBeMadeForTooLongAndTakesThemAgainOnceOneIs() {
    gateway.recorded(request);
    Payload next = TestGateway.newCase().request(MediaType.FHIR_JSON);
    gateway.evidenceSigning = new Broken();
    failsToAnchor();
    gateway.clock.pass(Duration.ofHours(4).minusSeconds(1));
    failsToAnchor();
    assertThat(gateway.anchor.isBehind()).isFalse();
    assertThat(gateway.alarms).isEmpty();

    gateway.clock.pass(Duration.ofSeconds(1));
    failsToAnchor();
    failsToAnchor();

    assertThat(gateway.anchor.isBehind()).isTrue();
    assertThat(gateway.alarms).singleElement().asString().startsWith("EVIDENCE_NOT_ANCHORED");
    Answer refused = gateway.post(SampleDirectory.ODENSE, next);
    assertThat(((Answer.Refused) refused).refusal().reason())
        .isEqualTo(RefusalReason.EVIDENCE_NOT_ANCHORED);
    assertThat(gateway.post(SampleDirectory.ODENSE, request)).isInstanceOf(Answer.Repeated.class);

    gateway.evidenceSigning = good;
    gateway.anchor.due();
    assertThat(gateway.anchor.isBehind()).isFalse();
    assertThat(gateway.post(SampleDirectory.ODENSE, next)).isInstanceOf(Answer.Accepted.class);
  }

  private void failsToAnchor() {
    assertThatThrownBy(gateway.anchor::due).hasMessage("no key");
  }

  private static final class Broken implements EvidenceSigning {
    @Override
    public String sign(Checkpoint checkpoint) {
      throw new IllegalStateException("no key");
    }

    @Override
    public String signPackage(Digest manifest) {
      throw new IllegalStateException("no key");
    }

    @Override
    public String jwks() {
      return "{}";
    }
  }
}
