package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignatureTrustTest {
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest TWO = Digest.of(new byte[] {2});

  @Test
  void readsWhatItWrote() {
    for (SignatureTrust told :
        List.of(
            new SignatureTrust(List.of(ONE), List.of(), false, Optional.empty()),
            new SignatureTrust(List.of(ONE, TWO), List.of(TWO, ONE), true, Optional.of(TWO)),
            new SignatureTrust(List.of(ONE), List.of(TWO), false, Optional.of(ONE)))) {
      assertThat(SignatureTrust.parse(told.detail())).contains(told);
    }
  }

  @Test
  void readsNothingElse() {
    for (String other :
        List.of("", "path=", "path= proofs=", "path=12 proofs=", "proofs= path=" + ONE.hex())) {
      assertThat(SignatureTrust.parse(other)).as(other).isEmpty();
    }
  }
}
