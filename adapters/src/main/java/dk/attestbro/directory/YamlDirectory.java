package dk.attestbro.directory;

import dk.attestbro.directory.DirectoryInvalid.Mistake;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code directory.yaml}, checked whole and read again where it or a certificate that it names
 * changes. A bad change is refused and logged, and the old directory stays in force.
 */
public final class YamlDirectory implements DirectorySource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(YamlDirectory.class);

  private final Path file;
  private final Predicate<PartyId> hasOpenLetters;
  private final ScheduledExecutorService watch;
  private volatile Directory current;
  private Set<Path> files;
  private FileStamps accepted;
  private FileStamps seen;

  /**
   * @param hasOpenLetters whether letters of or to a party have not ended: it may not vanish then
   * @param poll how often the files are looked at; a change counts once it has stood still for as
   *     long
   * @throws DirectoryInvalid with every mistake in the file
   */
  public YamlDirectory(Path file, Predicate<PartyId> hasOpenLetters, Duration poll) {
    this.file = file;
    this.hasOpenLetters = hasOpenLetters;
    DirectoryReader reader = new DirectoryReader(file);
    FileStamps before = FileStamps.of(Set.of(file));
    this.current = reader.read();
    this.files = Set.copyOf(reader.files());
    this.accepted = FileStamps.of(Set.of(file)).equals(before) ? FileStamps.of(files) : before;
    this.seen = accepted;
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "directory-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.scheduleWithFixedDelay(
        this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Reads the file once, without watching it.
   *
   * @throws DirectoryInvalid with every mistake in it
   */
  public static Directory read(Path file) {
    return new DirectoryReader(file).read();
  }

  @Override
  public Directory current() {
    return current;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private void look() {
    try {
      FileStamps now = FileStamps.of(files);
      boolean stands = now.equals(seen);
      seen = now;
      // A file that someone is still writing may be good YAML with half of its parties.
      if (stands && !now.equals(accepted)) {
        reload(now);
      }
    } catch (RuntimeException unforeseen) {
      LOG.warn("the directory could not be looked at, trying again", unforeseen);
    }
  }

  private void reload(FileStamps stamps) {
    DirectoryReader reader = new DirectoryReader(file);
    try {
      Directory changed = reader.read();
      List<Mistake> vanished =
          current.parties().stream()
              .filter(party -> changed.party(party.id()).isEmpty())
              .filter(party -> hasOpenLetters.test(party.id()))
              .map(
                  party ->
                      new Mistake(
                          "parties",
                          party.id() + " has open letters and may not vanish: give it validTo"))
              .toList();
      if (!vanished.isEmpty()) {
        throw new DirectoryInvalid(file.toString(), vanished);
      }
      current = changed;
      LOG.info("the directory was read again: {} parties", changed.parties().size());
    } catch (DirectoryInvalid invalid) {
      LOG.error("a change of the directory was refused: {}", invalid.getMessage());
    }
    boolean sameFiles = files.equals(reader.files());
    files = Set.copyOf(reader.files());
    accepted = sameFiles ? stamps : FileStamps.of(files);
    seen = accepted;
  }
}
