package dk.attestbro.port;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Digest;
import dk.attestbro.port.CertificateTrust.Proof;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every kind of {@link TrustProofs} keeps what it is given. Empty before each test. */
public abstract class TrustProofsContract {
  private static final Proof ANSWER = new Proof(Proof.Kind.OCSP, new byte[] {1, 2, 3});
  private static final Proof LIST = new Proof(Proof.Kind.CRL, new byte[] {4, 5});

  /** Two that see the same, as two nodes do. */
  protected abstract TrustProofs one();

  protected abstract TrustProofs other();

  @Test
  void findsWhatWasKeptByTheDigestOfItsBytes() {
    one().keep(List.of(ANSWER, LIST));

    Proof found = other().find(Digest.of(new byte[] {1, 2, 3})).orElseThrow();
    assertThat(found.kind()).isEqualTo(Proof.Kind.OCSP);
    assertThat(found.der()).containsExactly(1, 2, 3);
    assertThat(other().find(LIST.digest()).orElseThrow().kind()).isEqualTo(Proof.Kind.CRL);
    assertThat(other().find(Digest.of(new byte[] {9}))).isEmpty();
  }

  @Test
  void keepsTheSameBytesOnceHoweverOftenAndWhereverTheyCome() {
    one().keep(List.of(ANSWER, ANSWER));
    one().keep(List.of(ANSWER));
    other().keep(List.of(LIST, ANSWER));

    assertThat(one().find(ANSWER.digest()).orElseThrow().der()).containsExactly(1, 2, 3);
    assertThat(one().find(LIST.digest())).isPresent();
  }
}
