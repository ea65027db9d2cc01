package dk.attestbro.jdbc;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Payload;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.SealedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A database of its own for a test class, on one PostgreSQL server that all tests of this JVM share
 * and that is stopped and deleted at its end.
 */
public final class TestDatabase implements AutoCloseable {
  private static final String EMPTY_THE_FILLED =
      """
      do $$
      declare
        one text;
        is_filled boolean;
        filled text[] := '{}';
      begin
        for one in
          select quote_ident(tablename) from pg_tables
          where schemaname = 'public' and tablename <> 'flyway_schema_history'
        loop
          execute 'select exists (select from ' || one || ')' into is_filled;
          if is_filled then
            filled := filled || one;
          end if;
        end loop;
        if cardinality(filled) > 0 then
          execute 'truncate ' || array_to_string(filled, ', ') || ' cascade';
        end if;
      end $$""";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String url;
  private final Database database;

  private TestDatabase(String url, Database database) {
    this.url = url;
    this.database = database;
  }

  /** A new, migrated, empty database. */
  public static TestDatabase create() {
    PostgresServer server = Server.SHARED;
    String name = "test" + NUMBER.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    String url = server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
    return new TestDatabase(
        url, Database.external(url, PostgresServer.USER, server.password(), 10));
  }

  public Database database() {
    return database;
  }

  /** Records on it, whose texts are masked rather than sealed. */
  public JdbcRecords records() {
    return new JdbcRecords(database.dataSource(), new Masking(), Clock.systemUTC());
  }

  /** Empties every table of the records; one that is empty is left as it is, which is quicker. */
  public void clear() {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(EMPTY_THE_FILLED);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Runs a statement that may take longer than the pool's connections allow. */
  public void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(url, PostgresServer.USER, Server.SHARED.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    database.close();
  }

  private static final class Server {
    private static final PostgresServer SHARED = start();

    private static PostgresServer start() {
      try {
        Path folder = Files.createTempDirectory("attestbro-test-postgres");
        TestPrograms.copyTo(folder);
        PostgresServer server = PostgresServer.start(folder);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      server.close();
                      delete(folder);
                    }));
        return server;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  static void delete(Path tree) {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static final class Masking implements ContentSealing {
    @Override
    public SealedContent seal(LetterRef letter, Payload content) {
      return new SealedContent(content.mediaType(), masked(content.bytes()));
    }

    @Override
    public Payload open(LetterRef letter, SealedContent content) {
      return new Payload(masked(content.bytes()), content.mediaType());
    }

    private static byte[] masked(byte[] bytes) {
      byte[] masked = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        masked[i] = (byte) (bytes[i] ^ 0x5a);
      }
      return masked;
    }
  }
}
