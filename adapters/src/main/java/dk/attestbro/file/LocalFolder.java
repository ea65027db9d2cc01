package dk.attestbro.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder of this machine, or one that is mounted on it. */
final class LocalFolder implements Folder {
  private final Path folder;

  LocalFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<FolderEntry> entries(Place place) throws IOException {
    List<FolderEntry> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(at(place))) {
      for (Path path : paths) {
        find(path).ifPresent(found::add);
      }
    } catch (java.nio.file.DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    found.sort(Comparator.comparing(FolderEntry::name));
    return found;
  }

  @Override
  public Optional<FolderEntry> find(Place place, String name) throws IOException {
    return find(at(place).resolve(name));
  }

  private static Optional<FolderEntry> find(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String name = path.getFileName().toString();
      // A name that the process's character set cannot hold leads nowhere.
      boolean reachable =
          Files.exists(path.resolveSibling(name), LinkOption.NOFOLLOW_LINKS)
              && FileNames.isPlain(name);
      return Optional.of(
          new FolderEntry(
              name,
              attributes.size(),
              attributes.lastModifiedTime().toInstant(),
              attributes.isRegularFile() && reachable));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isLocked(String name) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                at(Place.FOLDER).resolve(name),
                StandardOpenOption.READ,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock = file.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException lockedHere) {
      return true;
    }
  }

  @Override
  public byte[] read(Place place, String name, int most) throws IOException {
    // SECURITY: the path may have become a link since it was listed, and is not followed.
    try (InputStream bytes =
        Channels.newInputStream(
            Files.newByteChannel(
                at(place).resolve(name),
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
      return Capped.read(bytes, most);
    }
  }

  @Override
  public void create(Place place, String name, byte[] bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            at(place).resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        file.write(left);
      }
      file.force(true);
    }
  }

  @Override
  public boolean rename(Place from, String name, Place to, String newName) throws IOException {
    Path target = at(to).resolve(newName);
    // The system's own move would replace what is there. Between nodes that move two files to one
    // name at the same moment nothing decides; the names of claims are never shared.
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.move(at(from).resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      if (!Files.exists(at(to))) {
        throw gone;
      }
      return false;
    }
    force(at(to));
    return true;
  }

  /** The name itself must be on disk before anyone is told of it. */
  private static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public void delete(Place place, String name) throws IOException {
    Files.deleteIfExists(at(place).resolve(name));
  }

  @Override
  public void makePlaces() throws IOException {
    for (Place place : Place.values()) {
      if (place != Place.FOLDER && !Files.isDirectory(at(place), LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(at(place));
      }
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private Path at(Place place) {
    return place == Place.FOLDER ? folder : folder.resolve(place.subfolder());
  }
}
