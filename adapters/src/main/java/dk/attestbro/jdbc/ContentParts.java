package dk.attestbro.jdbc;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.port.SealedContent;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a letter's sealed content from the parts that it is stored in. */
final class ContentParts {
  private static final String OF_LETTER = " from content where letter_id = ? and sender = ?";

  private static final String WHOLE =
      "select media_type, bytes, sum(octet_length(bytes)) over () as size"
          + OF_LETTER
          + " order by part";

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  ContentParts(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Without reading any of it. */
  long size(LetterRef ref) {
    return jdbc.sql("select coalesce(sum(octet_length(bytes)), 0)" + OF_LETTER)
        .params(ref.id().value(), ref.sender().value())
        .query(Long.class)
        .single();
  }

  Optional<SealedContent> whole(LetterRef ref) {
    List<SealedContent> first =
        jdbc.sql(
                "select media_type, bytes"
                    + OF_LETTER
                    + " and part = 0 and not exists (select"
                    + OF_LETTER
                    + " and part = 1)")
            .params(ref.id().value(), ref.sender().value(), ref.id().value(), ref.sender().value())
            .query((row, number) -> content(row))
            .list();
    return first.isEmpty() ? ofManyParts(ref) : Optional.of(first.get(0));
  }

  private static SealedContent content(ResultSet row) throws SQLException {
    return new SealedContent(MediaType.valueOf(row.getString(1)), row.getBytes(2));
  }

  /** Part by part, as a cursor gives them, so that no more than one is held beside the whole. */
  private Optional<SealedContent> ofManyParts(LetterRef ref) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement parts = connection.prepareStatement(WHOLE)) {
        parts.setFetchSize(1);
        parts.setString(1, ref.id().value());
        parts.setString(2, ref.sender().value());
        return joined(parts.executeQuery());
      } finally {
        connection.rollback();
      }
    } catch (SQLException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  private static Optional<SealedContent> joined(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      return Optional.empty();
    }
    MediaType type = MediaType.valueOf(rows.getString(1));
    ByteBuffer whole = ByteBuffer.allocate(rows.getInt(3));
    do {
      whole.put(rows.getBytes(2));
    } while (rows.next());
    return Optional.of(new SealedContent(type, whole.array()));
  }
}
