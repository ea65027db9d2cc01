package dk.attestbro.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.util.StreamUtils;

/**
 * The whole database as one file, written from one snapshot while the gateway may go on: a zip of
 * {@code archive.json}, which names the version of the tables, and one {@code COPY} text for each
 * table. It is read back into an empty database of the same or a later version, on any major
 * version of PostgreSQL. What is sealed stays sealed in it.
 */
final class DatabaseArchive {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final String HEAD = "archive.json";
  private static final String COPY = ".copy";

  /** Our tables; of a partitioned one the whole, not its parts. */
  private static final String TABLES =
      """
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'flyway_schema_history'
      order by c.relname""";

  /** The columns of a table that hold what cannot be computed from the others. */
  private static final String COLUMNS =
      """
      select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
      where attrelid = quote_ident('%s')::regclass and attnum > 0 and not attisdropped
        and attgenerated = ''""";

  /** Sets every identity column's counter beyond what its table holds. */
  private static final String COUNTERS =
      """
      do $$ declare c record; begin
        for c in select attrelid::regclass::text as t, quote_ident(attname) as a from pg_attribute
          join pg_class on pg_class.oid = attrelid
          join pg_namespace n on n.oid = relnamespace
          where n.nspname = current_schema and attidentity <> '' and not relispartition
        loop
          execute format('select setval(pg_get_serial_sequence(%L, %L), '
            'coalesce((select max(%s) from %s), 0) + 1, false)', c.t, c.a, c.a, c.t);
        end loop;
      end $$""";

  private DatabaseArchive() {}

  /** Writes everything as it is committed now. The stream stays open. */
  static void write(DataSource database, OutputStream to) throws IOException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set transaction isolation level repeatable read, read only");
      Map<String, String> tables = tables(statement);
      ZipOutputStream zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
      zip.putNextEntry(new ZipEntry(HEAD));
      zip.write(JSON.writeValueAsBytes(head(statement, tables)));
      zip.closeEntry();
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (Map.Entry<String, String> table : tables.entrySet()) {
        zip.putNextEntry(new ZipEntry(table.getKey() + COPY));
        copies.copyOut(
            "copy (select " + table.getValue() + " from " + table.getKey() + ") to stdout",
            // The next table follows in the same zip.
            StreamUtils.nonClosing(zip));
        zip.closeEntry();
      }
      zip.finish();
      connection.rollback();
    } catch (SQLException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  private static ObjectNode head(Statement statement, Map<String, String> tables)
      throws SQLException {
    ObjectNode head = JSON.createObjectNode();
    head.put("format", FORMAT);
    head.put("tables", version(statement));
    ObjectNode columns = head.putObject("columns");
    tables.forEach(columns::put);
    return head;
  }

  private static String version(Statement statement) throws SQLException {
    return text(
            statement,
            "select version from flyway_schema_history where success and version is not null "
                + "order by installed_rank desc limit 1")
        .orElseThrow(() -> new DatabaseUnusable("the database holds no tables of the gateway"));
  }

  private static Map<String, String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    Map<String, String> tables = new TreeMap<>();
    for (String name : names) {
      tables.put(name, text(statement, COLUMNS.formatted(name)).orElseThrow());
    }
    return tables;
  }

  private static Optional<String> text(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }

  /**
   * Fills an empty database with what was written, all of it or nothing, and brings its tables up
   * to date. The stream stays open.
   *
   * @throws DatabaseUnusable where the database is not empty, or the file is no archive or one of a
   *     later version of the gateway
   */
  static void read(InputStream from, DataSource empty) throws IOException {
    ZipInputStream zip = new ZipInputStream(from, StandardCharsets.UTF_8);
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(HEAD)) {
      throw new DatabaseUnusable("the file is no archive of a database");
    }
    JsonNode head = JSON.readTree(zip.readAllBytes());
    if (head.path("format").asInt() != FORMAT) {
      throw new DatabaseUnusable("the archive was made by a later version of the gateway");
    }
    Flyway older = Database.migrations(empty).target(head.path("tables").asText()).load();
    if (older.info().applied().length > 0) {
      throw new DatabaseUnusable("the database is not empty");
    }
    if (older.info().pending().length == 0
        || !older
            .info()
            .pending()[older.info().pending().length - 1]
            .getVersion()
            .getVersion()
            .equals(head.path("tables").asText())) {
      throw new DatabaseUnusable("the archive was made by a later version of the gateway");
    }
    older.migrate();
    fill(zip, head.path("columns"), empty);
    Database.migrations(empty).load().migrate();
  }

  private static void fill(ZipInputStream zip, JsonNode columns, DataSource empty)
      throws IOException {
    try (Connection connection = empty.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      Map<String, String> tables = tables(statement);
      // Migrations may have filled tables of their own, which the archive has too.
      for (String table : tables.keySet()) {
        statement.execute("delete from " + table);
      }
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      int filled = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String table = entry.getName().replaceFirst("\\.copy$", "");
        // SECURITY: only names that this gateway's own tables bear get into a statement.
        if (!tables.containsKey(table) || !tables.get(table).equals(columns.path(table).asText())) {
          throw new DatabaseUnusable("the archive holds a table that is not the gateway's");
        }
        copies.copyIn(
            "copy " + table + " (" + tables.get(table) + ") from stdin",
            StreamUtils.nonClosing(zip));
        filled++;
      }
      if (filled != tables.size()) {
        throw new DatabaseUnusable("the archive is cut short");
      }
      statement.execute(COUNTERS);
      connection.commit();
    } catch (SQLException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
