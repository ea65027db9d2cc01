package dk.attestbro.file;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A folder of this machine keeps the contract. */
final class LocalFolderTest extends FolderContract {
  private final Folders folders =
      new Folders(
          new SftpSettings(
              Optional.empty(), Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(5)));

  @Override
  void start() {
    // A local folder is reachable as it is.
  }

  @Override
  URI address(String folder) {
    return root.resolve(folder).toUri();
  }

  @Override
  Folders folders() {
    return folders;
  }
}
