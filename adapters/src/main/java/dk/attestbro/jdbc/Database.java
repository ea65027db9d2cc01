package dk.attestbro.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The PostgreSQL database of the records: pooled, migrated, and checked to be durable. Either one
 * that the site runs, or the server that the gateway starts itself.
 */
public final class Database implements AutoCloseable {
  private static final List<String> MUST_BE_ON = List.of("fsync", "full_page_writes");
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);

  private final HikariDataSource dataSource;
  private final Optional<PostgresServer> server;

  private Database(HikariDataSource dataSource, Optional<PostgresServer> server) {
    this.dataSource = dataSource;
    this.server = server;
  }

  /**
   * Opens a database that the site runs.
   *
   * @param poolSize at most so many connections
   * @throws DatabaseUnusable where it cannot be reached, or does not force commits to disk
   */
  public static Database external(String jdbcUrl, String user, String password, int poolSize) {
    return new Database(open(jdbcUrl, user, password, poolSize), Optional.empty());
  }

  /**
   * Starts the gateway's own server on a folder and opens its database.
   *
   * @param folder kept over restarts; one gateway at a time
   * @param poolSize at most so many connections, up to {@link PostgresServer#MAX_CONNECTIONS}
   * @throws DatabaseUnusable where it cannot be started
   */
  public static Database embedded(Path folder, int poolSize) {
    PostgresServer server = PostgresServer.start(folder);
    try {
      HikariDataSource dataSource =
          open(server.jdbcUrl(), PostgresServer.USER, server.password(), poolSize);
      return new Database(dataSource, Optional.of(server));
    } catch (RuntimeException failure) {
      server.close();
      throw failure;
    }
  }

  /** The pool. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** The pool as HikariCP has it, for metrics. */
  public HikariDataSource pool() {
    return dataSource;
  }

  /** Closes the pool, then stops the server if it is the gateway's own. */
  @Override
  public void close() {
    dataSource.close();
    server.ifPresent(PostgresServer::close);
  }

  private static HikariDataSource open(String jdbcUrl, String user, String password, int poolSize) {
    HikariDataSource dataSource;
    try {
      dataSource = new HikariDataSource(pool(jdbcUrl, user, password, poolSize));
    } catch (HikariPool.PoolInitializationException failure) {
      throw new DatabaseUnusable(
          "the database cannot be reached, or does not know the user or the password", failure);
    }
    try {
      requireDurable(dataSource);
      migrate(dataSource);
      return dataSource;
    } catch (RuntimeException failure) {
      dataSource.close();
      throw failure;
    }
  }

  private static HikariConfig pool(String jdbcUrl, String user, String password, int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("records");
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(poolSize);
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.addDataSourceProperty("ApplicationName", "attestbro");
    config.addDataSourceProperty("connectTimeout", "5");
    // A database that hangs must become an answer to the sender, not a thread that hangs.
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // SECURITY: without it the driver quotes rows and parameters in its exception texts.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  /** Refuses a database that would lose what a receipt promised. */
  static void requireDurable(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String setting : MUST_BE_ON) {
        String value = show(setting, statement);
        if (!value.equals("on")) {
          throw new DatabaseUnusable("the database runs with " + setting + " = " + value);
        }
      }
      if (show("synchronous_commit", statement).equals("off")) {
        throw new DatabaseUnusable("the database runs with synchronous_commit = off");
      }
    } catch (SQLException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  private static String show(String setting, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("show " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void migrate(DataSource dataSource) {
    migrations(dataSource).load().migrate();
  }

  /** The versions of the gateway's tables, for this database. */
  static FluentConfiguration migrations(DataSource dataSource) {
    return Flyway.configure(Database.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:dk/attestbro/jdbc/migration");
  }
}
