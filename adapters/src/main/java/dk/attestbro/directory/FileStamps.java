package dk.attestbro.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What files look like from outside: equal as long as none was written, replaced or removed. */
record FileStamps(Map<Path, String> stamps) {
  static FileStamps of(Collection<Path> files) {
    Map<Path, String> stamps = new TreeMap<>();
    for (Path file : files) {
      stamps.put(file, stamp(file));
    }
    return new FileStamps(stamps);
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (NoSuchFileException absent) {
      return "absent";
    } catch (IOException unreadable) {
      return "unreadable";
    }
  }
}
