package dk.attestbro.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Backup and restore of the gateway's own database. */
public final class EmbeddedBackup {
  private EmbeddedBackup() {}

  /**
   * Writes everything that is committed now, whether a gateway runs on the folder or not.
   *
   * @throws DatabaseUnusable where the folder holds no database, or it cannot be reached
   */
  public static void write(Path folder, OutputStream to) throws IOException {
    if (!Files.exists(folder.resolve("data"))) {
      throw new DatabaseUnusable("there is no database in " + folder);
    }
    if (PostgresServer.isInUse(folder)) {
      DatabaseArchive.write(
          source(PostgresServer.runningUrl(folder), PostgresServer.password(folder)), to);
      return;
    }
    try (PostgresServer server = PostgresServer.start(folder)) {
      DatabaseArchive.write(source(server.jdbcUrl(), server.password()), to);
    }
  }

  /**
   * Makes a database in the folder and fills it; where that fails the folder is as before.
   *
   * @throws DatabaseUnusable where there is a database already, or the archive cannot be read
   */
  public static void restore(InputStream from, Path folder) throws IOException {
    if (Files.exists(folder.resolve("data"))) {
      throw new DatabaseUnusable("there is a database in " + folder + " already");
    }
    try {
      try (PostgresServer server = PostgresServer.start(folder)) {
        DatabaseArchive.read(from, source(server.jdbcUrl(), server.password()));
      }
    } catch (IOException | RuntimeException failure) {
      PostgresServer.deleteTree(folder.resolve("data"));
      throw failure;
    }
  }

  private static DataSource source(String url, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(PostgresServer.USER);
    source.setPassword(password);
    // SECURITY: without it the driver quotes rows in its exception texts.
    source.setLogServerErrorDetail(false);
    return source;
  }
}
