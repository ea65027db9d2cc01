package dk.attestbro.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The files of a folder as a zip, and back; only their owner may read either. */
final class FolderArchive {
  private FolderArchive() {}

  /** An empty file that only its owner may read. */
  static Path ownersOnly(Path file) throws IOException {
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Writes every file of the folder, links followed; a folder that is missing gives none. */
  static void write(Path folder, Path zip) throws IOException {
    try (OutputStream to = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
      for (Path file : files(folder)) {
        entries.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Puts the files there. */
  static void read(Path zip, Path folder) throws IOException {
    try (InputStream from = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(from, StandardCharsets.UTF_8)) {
      Files.createDirectories(folder);
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        // SECURITY: without this an archive could write outside of the folder.
        if (!file.startsWith(folder.normalize())) {
          throw new IOException("an entry of " + zip + " leads out of its folder");
        }
        Files.createDirectories(file.getParent());
        try (OutputStream to = Files.newOutputStream(ownersOnly(file))) {
          entries.transferTo(to);
        }
      }
    }
  }
}
