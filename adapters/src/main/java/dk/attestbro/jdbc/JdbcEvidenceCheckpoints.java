package dk.attestbro.jdbc;

import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceHead;
import dk.attestbro.port.EvidenceCheckpoints;
import dk.attestbro.port.RecordsUnavailable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The checkpoints over the evidence in PostgreSQL. Nodes may try at once: one makes it. */
public final class JdbcEvidenceCheckpoints implements EvidenceCheckpoints {
  private static final int DIGEST_BYTES = 32;

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcEvidenceCheckpoints(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
  }

  @Override
  public boolean cover(Instant period, int most, Function<Uncovered, String> signing) {
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      try {
        boolean made = cover(period, most, signing, connection);
        if (made) {
          connection.commit();
        } else {
          connection.rollback();
        }
        return made;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    } catch (SQLException failure) {
      if (SqlFailures.isConflict(failure)) {
        return false;
      }
      throw SqlFailures.translated(failure);
    }
  }

  private Connection connection() {
    try {
      return dataSource.getConnection();
    } catch (SQLException failure) {
      throw new RecordsUnavailable(failure);
    }
  }

  private static boolean cover(
      Instant period, int most, Function<Uncovered, String> signing, Connection connection)
      throws SQLException {
    long number = 1;
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select number, period from evidence_checkpoint order by number desc limit 1");
        ResultSet newest = statement.executeQuery()) {
      if (newest.next()) {
        if (!Rows.instant(newest, "period").isBefore(period)) {
          return false;
        }
        number = newest.getLong("number") + 1;
      }
    }
    List<EvidenceHead> heads = taken(most, connection);
    if (heads.isEmpty()) {
      return false;
    }
    Uncovered uncovered =
        new Uncovered(
            number,
            digest(number - 1, connection),
            digest(Checkpoint.earlier(number), connection),
            heads);
    add(uncovered, period, signing.apply(uncovered), connection);
    return true;
  }

  /** The newest head of each chain among what has waited longest; all of that is taken away. */
  private static List<EvidenceHead> taken(int most, Connection connection) throws SQLException {
    Map<String, EvidenceHead> newest = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            delete from evidence_uncovered where (chain, sequence) in (\
            select chain, sequence from evidence_uncovered order by since, chain, sequence limit ?) \
            returning chain, sequence, hash\
            """)) {
      statement.setInt(1, most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          EvidenceHead head =
              new EvidenceHead(
                  rows.getString("chain"),
                  rows.getLong("sequence"),
                  new Digest(HexFormat.of().formatHex(rows.getBytes("hash"))));
          newest.merge(
              head.chain(), head, (one, other) -> one.sequence() > other.sequence() ? one : other);
        }
      }
    }
    return List.copyOf(newest.values());
  }

  private static Digest digest(long number, Connection connection) throws SQLException {
    if (number == 0) {
      return Evidence.START;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("select jws from evidence_checkpoint where number = ?")) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("checkpoint " + number + " is missing");
        }
        return Digest.of(row.getString(1).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private static void add(Uncovered of, Instant period, String jws, Connection connection)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into evidence_checkpoint (number, period, jws, leaves) values (?, ?, ?, ?)")) {
      new Parameters(statement)
          .number(of.number())
          .instant(period)
          .text(jws)
          .bytes(Optional.of(leaves(of.heads())));
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into evidence_cover (chain, sequence, checkpoint, place) \
            select chain, sequence, ?, (place - 1)::integer \
            from unnest(?::text[], ?::bigint[]) with ordinality as head (chain, sequence, place)\
            """)) {
      statement.setLong(1, of.number());
      statement.setArray(2, array("text", of.heads(), EvidenceHead::chain, connection));
      statement.setArray(3, array("bigint", of.heads(), EvidenceHead::sequence, connection));
      statement.executeUpdate();
    }
  }

  private static java.sql.Array array(
      String type, List<EvidenceHead> heads, Function<EvidenceHead, Object> field, Connection on)
      throws SQLException {
    return on.createArrayOf(type, heads.stream().map(field).toArray());
  }

  private static byte[] leaves(Collection<EvidenceHead> heads) {
    StringBuilder hex = new StringBuilder();
    heads.forEach(head -> hex.append(head.leaf().hex()));
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public Optional<Instant> uncoveredSince() {
    try {
      return jdbc.sql("select min(since) from evidence_uncovered")
          .query(
              (row, number) ->
                  Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                      .map(OffsetDateTime::toInstant))
          .single();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  @Override
  public List<Cover> covers(String chain) {
    try {
      return jdbc.sql(
              "select sequence, checkpoint, place from evidence_cover where chain = ?"
                  + " order by sequence")
          .param(chain)
          .query((row, number) -> new Cover(row.getLong(1), row.getLong(2), row.getInt(3)))
          .list();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  @Override
  public Optional<Signed> checkpoint(long wanted) {
    try {
      return jdbc.sql("select number, jws, leaves from evidence_checkpoint where number = ?")
          .param(wanted)
          .query((row, number) -> new Signed(row.getLong(1), row.getString(2), read(row, 3)))
          .optional();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  private static List<Digest> read(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    List<Digest> leaves = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += DIGEST_BYTES) {
      leaves.add(new Digest(HexFormat.of().formatHex(bytes, at, at + DIGEST_BYTES)));
    }
    return leaves;
  }
}
