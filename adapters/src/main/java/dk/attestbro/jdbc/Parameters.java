package dk.attestbro.jdbc;

import dk.attestbro.model.Digest;
import java.io.ByteArrayInputStream;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.postgresql.PGStatement;

/** The parameters of a statement, given from left to right. */
final class Parameters {
  private final PreparedStatement statement;
  private int index;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  /** Lets rows come as the server has them, from the first time on: quicker than as text. */
  static void binary(PreparedStatement statement) throws SQLException {
    // The driver's sign for it is a threshold below nought.
    statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
  }

  /** An instant as the driver takes it; the records keep microseconds. */
  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  Parameters text(String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  Parameters text(Optional<String> value) throws SQLException {
    return value.isPresent() ? text(value.get()) : nothing(Types.VARCHAR);
  }

  Parameters number(int value) throws SQLException {
    statement.setInt(++index, value);
    return this;
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Parameters number(OptionalInt value) throws SQLException {
    return value.isPresent() ? number(value.getAsInt()) : nothing(Types.INTEGER);
  }

  Parameters number(Optional<Long> value) throws SQLException {
    return value.isPresent() ? number(value.get()) : nothing(Types.BIGINT);
  }

  Parameters flag(boolean value) throws SQLException {
    statement.setBoolean(++index, value);
    return this;
  }

  Parameters instant(Instant value) throws SQLException {
    statement.setObject(++index, time(value));
    return this;
  }

  Parameters instant(Optional<Instant> value) throws SQLException {
    return value.isPresent() ? instant(value.get()) : nothing(Types.TIMESTAMP_WITH_TIMEZONE);
  }

  Parameters date(Optional<LocalDate> value) throws SQLException {
    if (value.isEmpty()) {
      return nothing(Types.DATE);
    }
    statement.setObject(++index, value.get());
    return this;
  }

  Parameters uuid(UUID value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }

  Parameters uuid(Optional<UUID> value) throws SQLException {
    return value.isPresent() ? uuid(value.get()) : nothing(Types.OTHER);
  }

  Parameters digest(Digest value) throws SQLException {
    statement.setBytes(++index, HexFormat.of().parseHex(value.hex()));
    return this;
  }

  Parameters digest(Optional<Digest> value) throws SQLException {
    return value.isPresent() ? digest(value.get()) : nothing(Types.BINARY);
  }

  Parameters bytes(Optional<byte[]> value) throws SQLException {
    if (value.isEmpty()) {
      return nothing(Types.BINARY);
    }
    statement.setBytes(++index, value.get());
    return this;
  }

  /** A stretch of the array, sent as it is, without a copy. */
  Parameters bytes(byte[] value, int offset, int length) throws SQLException {
    statement.setBinaryStream(++index, new ByteArrayInputStream(value, offset, length), length);
    return this;
  }

  Parameters texts(List<String> values) throws SQLException {
    statement.setArray(
        ++index, statement.getConnection().createArrayOf("text", values.toArray(String[]::new)));
    return this;
  }

  Parameters numbers(List<Integer> values) throws SQLException {
    statement.setArray(
        ++index,
        statement.getConnection().createArrayOf("integer", values.toArray(Integer[]::new)));
    return this;
  }

  private Parameters nothing(int type) throws SQLException {
    statement.setNull(++index, type);
    return this;
  }
}
