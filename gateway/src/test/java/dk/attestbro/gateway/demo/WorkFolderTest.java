package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @Test
  void emptiesWhatAnEarlierRunLeft(@TempDir Path folder) throws IOException {
    Path work = WorkFolder.fresh(folder.resolve("demo"));
    Files.createDirectories(work.resolve("data"));
    Files.writeString(work.resolve("data/left.txt"), "left");

    WorkFolder.fresh(work);

    assertThat(work.resolve("data")).doesNotExist();
  }

  @Test
  void neverTouchesAFolderThatIsSomeoneElses(@TempDir Path folder) throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.txt"), "kept");

    assertThatThrownBy(() -> WorkFolder.fresh(folder)).isInstanceOf(StepFailed.class);
    assertThat(kept).exists();
  }
}
