package dk.attestbro.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server process of the gateway's own, on a folder that is kept. It forces every
 * commit to disk, listens on loopback only, wants a password, and outlives a killed gateway: the
 * next start stops what still runs on the folder before it starts anew.
 */
public final class PostgresServer implements AutoCloseable {
  /** The database user, and its one database. */
  public static final String USER = "attestbro";

  /** How many connections the server takes. */
  public static final int MAX_CONNECTIONS = 60;

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOG_LIMIT = 16L << 20;
  private static final String OWNER_ONLY = "rw-------";

  private final Path folder;
  private final PostgresPrograms programs;
  private final FileChannel lock;
  private final int port;
  private final String password;

  private PostgresServer(
      Path folder, PostgresPrograms programs, FileChannel lock, int port, String password) {
    this.folder = folder;
    this.programs = programs;
    this.lock = lock;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server; the first time it makes the folder, the password and an empty database.
   *
   * @throws DatabaseUnusable where another gateway uses the folder or the server does not come up;
   *     the server's own words are in {@code server.log} there
   */
  public static PostgresServer start(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(place);
      FileChannel lock = lock(place);
      try {
        return start(place, lock);
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the PostgreSQL server cannot be set up", failure);
    }
  }

  /**
   * Unpacks PostgreSQL's programs into the folder that an installation names by the system property
   * {@code attestbro.programs}; each new data folder gets a copy of them.
   */
  public static void unpackPrograms(Path folder) {
    try {
      PostgresPrograms.unpackedIn(folder, Optional.empty());
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL's programs cannot be unpacked", failure);
    }
  }

  private static PostgresServer start(Path folder, FileChannel lock) throws IOException {
    PostgresPrograms programs = PostgresPrograms.unpackedIn(folder);
    stopLeftOver(folder, programs);
    String password = password(folder);
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      makeCluster(folder, programs);
    }
    requireVersion(data);
    trimLog(folder);
    int port = freePort();
    Files.writeString(data.resolve("postgresql.conf"), settings(port));
    programs.run(
        "pg_ctl",
        LIMIT,
        "start",
        "-D",
        data.toString(),
        "-l",
        log(folder).toString(),
        "-w",
        "-t",
        Long.toString(LIMIT.toSeconds()));
    return new PostgresServer(folder, programs, lock, port, password);
  }

  /** PostgreSQL reads only the data of its own major version. */
  private static void requireVersion(Path data) throws IOException {
    String made = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!made.equals(PostgresPrograms.MAJOR_VERSION)) {
      throw new DatabaseUnusable(
          ("the database in %s is of PostgreSQL %s, and this gateway brings %s: run "
                  + "'attestbro backup' with the release that made it and 'attestbro restore' with "
                  + "this one, see docs/backup.md")
              .formatted(data, made, PostgresPrograms.MAJOR_VERSION));
    }
  }

  /** Whether a gateway uses the folder now. */
  static boolean isInUse(Path folder) throws IOException {
    try {
      lock(folder).close();
      return false;
    } catch (DatabaseUnusable used) {
      return true;
    }
  }

  /** The address of the database of the server that runs on the folder. */
  static String runningUrl(Path folder) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("data").resolve("postgresql.conf"))) {
      if (line.startsWith("port = ")) {
        return jdbcUrl(Integer.parseInt(line.substring("port = ".length())));
      }
    }
    throw new DatabaseUnusable("the database's port is not known");
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> lock;
    try {
      lock = Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException sameProcess) {
      lock = Optional.empty();
    }
    if (lock.isEmpty()) {
      channel.close();
      throw new DatabaseUnusable("another gateway uses the data folder");
    }
    return channel;
  }

  /**
   * Ends what a killed gateway left behind. The lock on the folder says that no gateway lives, and
   * a process counts as left over only if it runs this folder's own program.
   */
  private static void stopLeftOver(Path folder, PostgresPrograms programs) throws IOException {
    Path pidFile = folder.resolve("data").resolve("postmaster.pid");
    Optional<ProcessHandle> named = processIn(pidFile);
    if (named.isPresent() && programs.running().contains(named.get())) {
      stop(folder, programs);
    } else if (named.isPresent()) {
      // Some other program got the number since. PostgreSQL would take it for a living server.
      Files.delete(pidFile);
    }
    // A server process whose parent was killed ends by itself when it notices, or here.
    programs.running().forEach(ProcessHandle::destroyForcibly);
    programs.awaitNoneRunning(LIMIT);
  }

  /** The living process that the file names; empty where there is no file or no such process. */
  private static Optional<ProcessHandle> processIn(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    return Files.readAllLines(pidFile).stream()
        .findFirst()
        .map(String::strip)
        .filter(number -> number.matches("[0-9]{1,18}"))
        .flatMap(number -> ProcessHandle.of(Long.parseLong(number)));
  }

  private static void makeCluster(Path folder, PostgresPrograms programs) throws IOException {
    Path unfinished = folder.resolve("data.new");
    deleteTree(unfinished);
    programs.run(
        "initdb",
        LIMIT,
        "-D",
        unfinished.toString(),
        "-U",
        USER,
        "-A",
        "scram-sha-256",
        "--pwfile=" + folder.resolve("password"),
        // Hashing it often makes guessing slow; nobody guesses 32 random bytes, and each connection
        // would pay for it.
        "--set=scram_iterations=1",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-instructions");
    // A start that was killed in between finds no data and begins again.
    Files.move(unfinished, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The password of {@link #USER} there, made where it is missing. */
  static String password(Path folder) throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Path unfinished = folder.resolve("password.new");
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      Files.writeString(unfinished, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(tree)) {
      walk.forEach(paths::add);
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.delete(paths.get(i));
    }
  }

  private static void trimLog(Path folder) throws IOException {
    if (Files.exists(log(folder)) && Files.size(log(folder)) > LOG_LIMIT) {
      Files.move(
          log(folder), folder.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("server.log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  // SECURITY: no socket file, loopback only, a password; statements and parameters never logged.
  private static String settings(int port) {
    return String.join(
        "\n",
        "# Written by the gateway at each start. To tune PostgreSQL, run your own and set",
        "# spring.datasource.url.",
        "listen_addresses = '127.0.0.1'",
        "unix_socket_directories = ''",
        "port = " + port,
        "password_encryption = 'scram-sha-256'",
        "max_connections = " + MAX_CONNECTIONS,
        "fsync = on",
        "full_page_writes = on",
        "synchronous_commit = on",
        "shared_buffers = 64MB",
        "max_wal_size = 1GB",
        "checkpoint_timeout = 10min",
        "max_parallel_workers_per_gather = 0",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "lc_messages = 'C'",
        "log_statement = 'none'",
        "log_min_duration_statement = -1",
        "log_min_error_statement = panic",
        "log_error_verbosity = terse",
        "log_parameter_max_length = 0",
        "log_parameter_max_length_on_error = 0",
        "");
  }

  /** The address of the database, without user and password. */
  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  private static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The password of {@link #USER}, made at the first start and kept in the folder (0600). */
  String password() {
    return password;
  }

  /** Stops the server at once but orderly: transactions that run are rolled back. */
  @Override
  public void close() {
    try (lock) {
      stop(folder, programs);
    } catch (IOException failure) {
      throw new UncheckedIOException("the PostgreSQL server cannot be stopped", failure);
    }
  }

  /** Gives up the folder without stopping the server, as a killed gateway does. */
  void unlock() throws IOException {
    lock.close();
  }

  private static void stop(Path folder, PostgresPrograms programs) throws IOException {
    Path data = folder.resolve("data");
    if (Files.exists(data.resolve("postmaster.pid"))) {
      programs.run("pg_ctl", LIMIT, "stop", "-D", data.toString(), "-m", "fast", "-w");
      // The file that pg_ctl watches goes a moment before the process.
      programs.awaitNoneRunning(LIMIT);
    }
  }
}
