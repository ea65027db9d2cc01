package dk.attestbro.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dk.attestbro.port.AttachmentScan.Clean;
import dk.attestbro.port.AttachmentScan.Harmful;
import dk.attestbro.port.AttachmentScan.NotScanned;
import dk.attestbro.port.AttachmentScan.Verdict;
import dk.attestbro.port.AttachmentScan.Why;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClamdScanTest {
  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final byte[] SMALL = {1, 2, 3};

  @Test
  void isCleanWhereAllWasSentAndNothingFound() throws IOException {
    byte[] large = new byte[200_001];
    new Random(7).nextBytes(large);
    try (FakeClamd clamd = FakeClamd.answering("stream: OK\0")) {
      assertThat(scan(clamd, large)).isEqualTo(new Clean());
      assertThat(clamd.received()).isEqualTo(large);
    }
  }

  @Test
  void sendsAnEmptyAttachmentToo() throws IOException {
    try (FakeClamd clamd = FakeClamd.answering("stream: OK\0")) {
      assertThat(scan(clamd, new byte[0])).isEqualTo(new Clean());
      assertThat(clamd.received()).isEmpty();
    }
  }

  @Test
  void tellsWhatWasFound() throws IOException {
    assertThat(answered("stream: Win.Test.EICAR_HDB-1 FOUND\0"))
        .isEqualTo(new Harmful("Win.Test.EICAR_HDB-1"));
  }

  @Test
  void letsAFindingForgeNoLine() throws IOException {
    assertThat(answered("stream: a\tb\u001b FOUND\0")).isEqualTo(new Harmful("a?b?"));
    assertThat(answered("stream: a\nb FOUND\0")).isEqualTo(new NotScanned(Why.FAILED));
  }

  @Test
  void takesNoOtherAnswerForClean() throws IOException {
    assertThat(answered("stream: Can't allocate memory ERROR\0"))
        .isEqualTo(new NotScanned(Why.FAILED));
    assertThat(answered("stream: OK, nearly\0")).isEqualTo(new NotScanned(Why.FAILED));
    assertThat(answered("\0")).isEqualTo(new NotScanned(Why.FAILED));
    assertThat(answered("stream: OK")).as("cut off").isEqualTo(new NotScanned(Why.UNREACHABLE));
    assertThat(answered("x".repeat(5_000))).isEqualTo(new NotScanned(Why.UNREACHABLE));
  }

  @Test
  void tellsThatAnAttachmentIsTooLargeForTheScanner() throws IOException {
    try (FakeClamd clamd =
        FakeClamd.answeringEarly("INSTREAM size limit exceeded. ERROR\0", 100_000)) {
      assertThat(scan(clamd, new byte[50_000_000])).isEqualTo(new NotScanned(Why.TOO_LARGE));
    }
  }

  @Test
  void doesNotBelieveThatWhatItHasNotSeenIsClean() throws IOException {
    try (FakeClamd clamd = FakeClamd.answeringEarly("stream: OK\0", 100_000)) {
      assertThat(scan(clamd, new byte[50_000_000])).isEqualTo(new NotScanned(Why.FAILED));
    }
  }

  @Test
  void givesUpWhenTheTimeIsOver() throws IOException {
    try (FakeClamd clamd = FakeClamd.answering("")) {
      assertThat(ClamdScan.at(clamd.address(), Duration.ofMillis(100)).scan(SMALL))
          .isEqualTo(new NotScanned(Why.TOO_SLOW));
    }
  }

  @Test
  void cannotScanWhereNobodyListens(@TempDir Path folder) throws IOException {
    String address;
    try (FakeClamd clamd = FakeClamd.answering("")) {
      address = clamd.address();
    }
    assertThat(ClamdScan.at(address, ENOUGH).scan(SMALL))
        .isEqualTo(new NotScanned(Why.UNREACHABLE));
    assertThat(ClamdScan.at("unix:" + folder.resolve("none"), ENOUGH).scan(SMALL))
        .isEqualTo(new NotScanned(Why.UNREACHABLE));
    assertThat(ClamdScan.at("tcp:no-such-host.invalid:3310", ENOUGH).scan(SMALL))
        .isEqualTo(new NotScanned(Why.UNREACHABLE));
  }

  @Test
  void asksOverAUnixSocketToo(@TempDir Path folder) throws IOException {
    try (FakeClamd clamd =
        FakeClamd.at(folder.resolve("clamd.ctl"), "stream: Eicar-Signature FOUND\0")) {
      assertThat(scan(clamd, SMALL)).isEqualTo(new Harmful("Eicar-Signature"));
      assertThat(clamd.received()).isEqualTo(SMALL);
    }
  }

  @Test
  void wantsAnAddressThatIsOne() {
    for (String wrong : new String[] {"", "localhost:3310", "tcp:localhost", "tcp:h:99999"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> ClamdScan.at(wrong, ENOUGH));
    }
  }

  private static Verdict answered(String answer) throws IOException {
    try (FakeClamd clamd = FakeClamd.answering(answer)) {
      return scan(clamd, SMALL);
    }
  }

  private static Verdict scan(FakeClamd clamd, byte[] attachment) {
    return ClamdScan.at(clamd.address(), ENOUGH).scan(attachment);
  }
}
