package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @Test
  void theWholeJourneyIsVerifiedFromOutside(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();

    int exit =
        new Demo(new PrintStream(shown, true, StandardCharsets.UTF_8), Clock.systemUTC())
            .run(folder.resolve("demo"), 0, true);

    assertThat(exit).as(shown.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("DEADLINE_STARTED", "ACKNOWLEDGED_OK", "each verified from outside")
        .doesNotContain("2509479989", "0201609995", "Elmer", "Berggren");
  }
}
