package dk.attestbro.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, unpacked once for each module's tests and copied to where they are wanted:
 * unpacking takes seconds. A folder that has none gets them as ever, from the server itself.
 */
public final class TestPrograms {
  private static final Path UNPACKED = Path.of("target", "postgres-programs");

  /** Where the build has started a gateway already: decision 0009. */
  private static final Path REHEARSED = Path.of("target", "rehearsal", "data", "postgres");

  private TestPrograms() {}

  /** Copies them into the folder that a server will be started on. */
  public static void copyTo(Path folder) {
    try {
      copy(unpacked().resolve(PostgresPrograms.FOLDER), folder.resolve(PostgresPrograms.FOLDER));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path unpacked() throws IOException {
    if (PostgresPrograms.areIn(REHEARSED)) {
      return REHEARSED;
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
        PostgresPrograms.unpackedIn(UNPACKED);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path each : all) {
      Files.copy(
          each,
          to.resolve(from.relativize(each).toString()),
          LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
