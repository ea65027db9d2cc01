package dk.attestbro.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * PostgreSQL's programs, unpacked once for each module's tests and copied to where they are wanted:
 * unpacking takes seconds. A folder that has none gets them as ever, from the server itself.
 */
public final class TestPrograms {
  private static final Path UNPACKED = Path.of("target", "postgres-programs");

  /** Where the build has made an installation already: decision 0009. */
  private static final Path INSTALLED = Path.of("target", "attestbro", "postgres");

  private TestPrograms() {}

  /** Copies them into the folder that a server will be started on. */
  public static void copyTo(Path folder) {
    try {
      PostgresPrograms.unpackedIn(folder, Optional.of(unpacked()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path unpacked() throws IOException {
    if (PostgresPrograms.areIn(INSTALLED)) {
      return INSTALLED;
    }
    unpackOnce();
    return UNPACKED;
  }

  /** The processes of the tests wait for the first of them. */
  private static void unpackOnce() throws IOException {
    Files.createDirectories(UNPACKED);
    try (FileChannel channel =
            FileChannel.open(
                UNPACKED.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid()) {
        PostgresPrograms.unpackedIn(UNPACKED, Optional.empty());
      }
    }
  }
}
