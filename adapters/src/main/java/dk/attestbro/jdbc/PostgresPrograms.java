package dk.attestbro.jdbc;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine, unpacked into a folder that only we write. */
final class PostgresPrograms {
  /** The version of the binaries on the class path; another version gets a folder of its own. */
  static final String FOLDER = "server-18.4";

  /**
   * System property: the folder where an installation keeps them unpacked. To copy them into a new
   * data folder takes a tenth of the time that unpacking takes.
   */
  private static final String INSTALLATION = "attestbro.programs";

  private static final String COMPLETE = "complete";

  /** What this version's data are marked with. */
  static final String MAJOR_VERSION = "18";

  private static final Duration POLL = Duration.ofMillis(10);

  private final Path folder;

  private PostgresPrograms(Path folder) {
    this.folder = folder;
  }

  /** Whether all of them were unpacked there. */
  static boolean areIn(Path parent) {
    return Files.exists(parent.resolve(FOLDER).resolve(COMPLETE));
  }

  /** Puts the programs there where they are not already: the installation's, else unpacked. */
  static PostgresPrograms unpackedIn(Path parent) throws IOException {
    return unpackedIn(parent, Optional.ofNullable(System.getProperty(INSTALLATION)).map(Path::of));
  }

  static PostgresPrograms unpackedIn(Path parent, Optional<Path> installation) throws IOException {
    Path folder = parent.resolve(FOLDER);
    if (!areIn(parent)) {
      Optional<Path> installed = installation.filter(PostgresPrograms::areIn);
      if (installed.isPresent()) {
        copy(installed.get().resolve(FOLDER), folder);
      } else {
        unpack(folder);
      }
      Files.createFile(folder.resolve(COMPLETE));
    }
    return new PostgresPrograms(folder.toRealPath());
  }

  private static void copy(Path from, Path to) throws IOException {
    PostgresServer.deleteTree(to);
    Files.createDirectories(to.getParent());
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.filter(each -> !each.equals(from.resolve(COMPLETE))).toList();
    }
    for (Path each : all) {
      Files.copy(
          each,
          to.resolve(from.relativize(each)),
          LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream packed =
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system(), ArchUtils.normalize(System.getProperty("os.arch")));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, folder);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream bytes, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("an entry of the archive leads out of its folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    Files.deleteIfExists(target);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(target, permissions(entry));
    }
  }

  private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
    boolean executable = (entry.getMode() & 0100) != 0;
    return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "Darwin" : "Linux";
  }

  /**
   * Runs one program to its end.
   *
   * @throws DatabaseUnusable where it fails or takes longer than the limit, with its words
   */
  void run(String program, Duration limit, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root: a user namespace of its own makes it nobody.
      command.add("unshare");
      command.add("-U");
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Path words = Files.createTempFile(folder, program, ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(words.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DatabaseUnusable(program + " did not end within " + limit);
      }
      if (process.exitValue() != 0) {
        throw new DatabaseUnusable(
            program + " ended with " + process.exitValue() + ": " + Files.readString(words));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnusable(program + " was interrupted", interrupted);
    } finally {
      Files.delete(words);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** The processes that run this folder's server program. */
  List<ProcessHandle> running() {
    String program = folder.resolve("bin").resolve("postgres").toString();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(program::equals).isPresent())
        .toList();
  }

  /**
   * Waits until no process runs this folder's server program.
   *
   * @throws DatabaseUnusable where one still does after the limit
   */
  void awaitNoneRunning(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!running().isEmpty()) {
      if (System.nanoTime() > end) {
        throw new DatabaseUnusable("a PostgreSQL server on the folder does not end");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
