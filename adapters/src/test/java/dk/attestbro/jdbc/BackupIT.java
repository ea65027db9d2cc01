package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup holds all that was committed, and becomes the same database elsewhere. */
class BackupIT {
  @TempDir static Path folder;

  private static Database original;
  private static byte[] backup;

  @BeforeAll
  static void backUpWhileItRuns() throws Exception {
    for (String place : new String[] {"original", "copy", "failed", "old"}) {
      TestPrograms.copyTo(folder.resolve(place));
    }
    original = Database.embedded(folder.resolve("original"), 4);
    try (Connection connection = original.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into paused_party values ('psychiatry-midt')");
      statement.execute(
          "insert into envelope (sender, bundle_id, letter_id, letter_sender) values "
              + "('employment-aarhus', 'b1', 'a tab\t, a line\n and \\ Æ', 'x'), "
              + "('employment-aarhus', 'b2', 'l2', 'x')");
    }
    backup = write(folder.resolve("original"));
  }

  @AfterAll
  static void stop() {
    original.close();
  }

  @Test
  void becomesTheSameDatabaseInAnotherFolderAndCountsOnFromThere() throws Exception {
    EmbeddedBackup.restore(new ByteArrayInputStream(backup), folder.resolve("copy"));

    assertThat(entries(write(folder.resolve("copy")))).isEqualTo(entries(backup));
    try (Database copy = Database.embedded(folder.resolve("copy"), 4);
        Connection connection = copy.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet next =
            statement.executeQuery(
                "insert into envelope (sender, bundle_id, letter_id, letter_sender) "
                    + "values ('employment-aarhus', 'b3', 'l3', 'x') returning ordinal")) {
      next.next();
      assertThat(next.getLong(1)).isEqualTo(3);
    }
    assertThatThrownBy(
            () -> EmbeddedBackup.restore(new ByteArrayInputStream(backup), folder.resolve("copy")))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("already");
  }

  @Test
  void leavesNothingBehindWhereTheArchiveIsCutShortOrNone() {
    Path place = folder.resolve("failed");
    for (byte[] wrong :
        new byte[][] {
          Arrays.copyOf(backup, backup.length / 2), "no zip".getBytes(StandardCharsets.UTF_8)
        }) {
      assertThatThrownBy(() -> EmbeddedBackup.restore(new ByteArrayInputStream(wrong), place))
          .isInstanceOfAny(DatabaseUnusable.class, IOException.class);
      assertThat(place.resolve("data")).doesNotExist();
    }
  }

  @Test
  void dataOfAnotherMajorVersionAreRefusedWithTheWayOut() throws Exception {
    Path data = Files.createDirectories(folder.resolve("old").resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "17\n");

    assertThatThrownBy(() -> PostgresServer.start(folder.resolve("old")))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("PostgreSQL 17")
        .hasMessageContaining("attestbro restore");
  }

  private static byte[] write(Path of) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EmbeddedBackup.write(of, bytes);
    return bytes.toByteArray();
  }

  private static Map<String, String> entries(byte[] archive) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive));
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }
    return entries;
  }
}
