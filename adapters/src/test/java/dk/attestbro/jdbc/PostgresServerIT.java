package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
  @TempDir static Path folder;

  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(folder);
    execute("create table kept (number integer)");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void keepsItsDataOverARestart() throws Exception {
    int before = addOne();
    server.close();
    assertThat(processes()).isEmpty();
    server = PostgresServer.start(folder);
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void comesUpAgainWithWhatWasCommittedAfterItsProcessesWereKilled() throws Exception {
    int before = addOne();
    abandon();
    ProcessHandle postmaster = postmaster();
    postmaster.destroyForcibly();
    postmaster.onExit().get(30, TimeUnit.SECONDS);
    server = PostgresServer.start(folder);
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void stopsTheServerOfAKilledGatewayBeforeItStartsItsOwn() throws Exception {
    int before = addOne();
    server.close();
    Path said = Files.createTempFile(folder, "gateway", ".out");
    Process gateway =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresServerIT.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.readString(said).contains("started") || !gateway.isAlive());
    gateway.destroyForcibly().waitFor();
    ProcessHandle leftOver = postmaster();
    assertThat(processes()).contains(leftOver);

    server = PostgresServer.start(folder);

    assertThat(processes()).doesNotContain(leftOver).isNotEmpty();
    assertThat(count()).isEqualTo(before);
  }

  /** A gateway to be killed: starts the server on the folder and waits. */
  public static void main(String[] arguments) throws Exception {
    PostgresServer started = PostgresServer.start(Path.of(arguments[0]));
    System.out.println("started " + started.jdbcUrl());
    Thread.currentThread().join();
  }

  @Test
  void isNotMisledByAProcessThatGotTheNumberOfTheOldServer() throws Exception {
    int before = addOne();
    server.close();
    Files.writeString(folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");
    server = PostgresServer.start(folder);
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void refusesASecondGatewayOnTheFolder() {
    assertThatThrownBy(() -> PostgresServer.start(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("another gateway uses the data folder");
  }

  @Test
  void forcesEveryCommitToDisk() throws Exception {
    assertThat(show("fsync")).isEqualTo("on");
    assertThat(show("full_page_writes")).isEqualTo("on");
    assertThat(show("synchronous_commit")).isEqualTo("on");
    assertThat(show("data_checksums")).isEqualTo("on");
  }

  @Test
  void refusesADatabaseThatDoesNotForceCommitsToDisk() throws Exception {
    execute("create database hasty");
    execute("alter database hasty set synchronous_commit = off");
    String url = server.jdbcUrl().replaceFirst("/postgres$", "/hasty");
    assertThatThrownBy(() -> Database.external(url, PostgresServer.USER, server.password(), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("synchronous_commit");
  }

  @Test
  void wantsThePasswordThatOnlyItsOwnerCanRead() throws Exception {
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo("28P01"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith(".s.PGSQL")))
          .isEmpty();
    }
  }

  @Test
  void hashesAPasswordThatNobodyGuessesOnce() throws Exception {
    assertThat(Files.readString(folder.resolve("password"))).hasSizeGreaterThanOrEqualTo(43);
    assertThat(query("select rolpassword from pg_authid where rolname = 'attestbro'"))
        .startsWith("SCRAM-SHA-256$1:");
  }

  @Test
  void logsNoParameterOfAStatementThatFails() throws Exception {
    execute("create table keyed (id text primary key)");
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("insert into keyed values (?)")) {
      statement.setString(1, "0201609995");
      statement.execute();
      assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
    }
    assertThat(Files.readString(folder.resolve("server.log")))
        .contains("duplicate key")
        .doesNotContain("0201609995");
  }

  private static List<ProcessHandle> processes() throws IOException {
    return PostgresPrograms.unpackedIn(folder).running();
  }

  private static ProcessHandle postmaster() throws IOException {
    String number = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip();
    return ProcessHandle.of(Long.parseLong(number)).orElseThrow();
  }

  /** What a kill does to the gateway itself: its lock on the folder is gone, nothing else ends. */
  private static void abandon() throws IOException {
    server.unlock();
  }

  private static int addOne() throws SQLException {
    execute("insert into kept values (1)");
    return count();
  }

  private static int count() throws SQLException {
    return Integer.parseInt(query("select count(*) from kept"));
  }

  private static String show(String setting) throws SQLException {
    return query("show " + setting);
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, server.password());
  }
}
