package dk.attestbro.file;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.ChannelProbe.Hop;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProbeTest {
  @TempDir private Path folder;
  private final Folders folders =
      new Folders(
          new SftpSettings(
              Optional.empty(), Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @Test
  void writesAndRemovesAFileThatNoReaderTakesForALetter() throws Exception {
    assertThat(probe(folder.toUri()))
        .extracting(Hop::part)
        .containsExactly(ChannelProbe.Part.CONNECTION, ChannelProbe.Part.PLACE);
    assertThat(probe(folder.toUri())).allMatch(Hop::isGood);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void saysWhichPartFails() {
    assertThat(probe(folder.resolve("absent").toUri()))
        .extracting(Hop::result)
        .containsExactly(Hop.OK, FolderFailed.FOLDER_MISSING);
  }

  private List<Hop> probe(URI address) {
    return new FileProbe(folders)
        .probe(EndpointSample.of(Endpoint.Channel.FILE).at(address).endpoint());
  }
}
