package dk.attestbro.directory;

import dk.attestbro.directory.DirectoryInvalid.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * What a file says, read again where the file has changed; a bad change is refused and logged, and
 * what it said before stays. A file that is absent is an empty one.
 */
final class RereadFile<T> {
  private final Path file;
  private final String what;
  private final Logger log;
  private final Function<String, T> parse;
  private volatile Reading<T> reading;

  private record Reading<T>(FileStamps stamps, T content) {}

  /**
   * @param what the log's word for the content
   * @throws DirectoryInvalid with every mistake in the file
   */
  RereadFile(Path file, String what, Logger log, Function<String, T> parse) {
    this.file = file;
    this.what = what;
    this.log = log;
    this.parse = parse;
    FileStamps stamps = FileStamps.of(Set.of(file));
    this.reading = new Reading<>(stamps, read());
  }

  T current() {
    FileStamps now = FileStamps.of(Set.of(file));
    if (!now.equals(reading.stamps())) {
      try {
        reading = new Reading<>(now, read());
        log.info("the {} were read again", what);
      } catch (DirectoryInvalid invalid) {
        log.error("a change of the {} was refused: {}", what, invalid.getMessage());
        reading = new Reading<>(now, reading.content());
      }
    }
    return reading.content();
  }

  private T read() {
    try {
      return parse.apply(Files.exists(file) ? Files.readString(file) : "");
    } catch (IOException unreadable) {
      throw new DirectoryInvalid(
          file.toString(),
          List.of(new Mistake("", "cannot be read: " + FileTrouble.of(unreadable))));
    }
  }
}
