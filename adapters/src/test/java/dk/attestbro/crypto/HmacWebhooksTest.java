package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HmacWebhooksTest {
  /** The example of the Standard Webhooks specification. */
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

  private static final Instant AT = Instant.ofEpochSecond(1614265330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private final HmacWebhooks signing = new HmacWebhooks();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("secret");
  }

  @Test
  void signsAsTheSpecificationDoes() throws IOException {
    Files.writeString(file, SECRET + "\n");

    assertThat(sign()).isEqualTo(SIGNED);
  }

  @Test
  void signsWithBothSecretsWhileAReceiverChangesThem() throws IOException {
    Files.writeString(file, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" + SECRET + "\n");

    assertThat(sign()).startsWith("v1,").endsWith(" " + SIGNED);
  }

  @Test
  void saysNothingOfASecretThatCannotBeUsed() throws IOException {
    Files.writeString(file, "c2VjcmV0LW9mLW5vYm9keQ==");

    assertThatThrownBy(this::sign)
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("c2Vj");
  }

  private String sign() {
    return signing.sign(file.toString(), ID, AT, BODY);
  }
}
