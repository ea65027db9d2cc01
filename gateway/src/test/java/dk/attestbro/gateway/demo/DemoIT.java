package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @Test
  void theWholeJourneyIsVerifiedFromOutside(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path shown = folder.resolve("shown");
    Process demo =
        new ProcessBuilder(
                Built.line(
                    List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                    List.of(),
                    List.of(
                        "demo",
                        "--once",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("demo").toString())))
            .redirectErrorStream(true)
            .redirectOutput(shown.toFile())
            .start();
    try {
      assertThat(demo.waitFor(5, TimeUnit.MINUTES)).as("the demo ends").isTrue();

      assertThat(demo.exitValue()).as(Files.readString(shown)).isZero();
      assertThat(shown)
          .content()
          .contains("DEADLINE_STARTED", "ACKNOWLEDGED_OK", "each verified from outside")
          .doesNotContain("2509479989", "0201609995", "Elmer", "Berggren");
    } finally {
      demo.destroyForcibly();
    }
  }
}
