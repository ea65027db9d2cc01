package dk.attestbro.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The codes that people read about are the codes that the gateway gives. */
class RefusalTableTest {
  private static final Path TABLE = Path.of("..", "docs", "refusals.md");

  @Test
  void theManualHasEveryReasonAsTheCodeHasIt() throws IOException {
    List<String> rows =
        Files.readAllLines(TABLE).stream().filter(line -> line.startsWith("| `")).toList();
    assertThat(rows).isEqualTo(Arrays.stream(RefusalReason.values()).map(this::row).toList());
  }

  private String row(RefusalReason reason) {
    return "| `%s` | %d | `%s` | %s | %s | %s |"
        .formatted(
            reason.name(),
            reason.httpStatus(),
            reason.acknowledgementCode(),
            reason.whoActs().text().en(),
            reason.text().da(),
            reason.text().en());
  }
}
