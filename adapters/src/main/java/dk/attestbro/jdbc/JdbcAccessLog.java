package dk.attestbro.jdbc;

import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.RecordsUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The access log in PostgreSQL: one insert for each entry, in a transaction of its own. */
public final class JdbcAccessLog implements AccessLog {
  private final DataSource dataSource;
  private final JdbcClient jdbc;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcAccessLog(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
  }

  @Override
  public void note(Access access) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into access_log (at, operator, parties, credential, staff, act, case_id, \
                letter_sender, letter_id, citizen, detail) \
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """)) {
      new Parameters(statement)
          .instant(access.at())
          .flag(access.actor().operator())
          .texts(access.actor().parties().stream().map(PartyId::value).toList())
          .text(access.actor().credential())
          .text(access.actor().staff())
          .text(access.act().name())
          .uuid(access.caseId().map(CaseId::value))
          .text(access.letter().map(ref -> ref.sender().value()))
          .text(access.letter().map(ref -> ref.id().value()))
          .digest(access.citizen())
          .text(access.detail());
      statement.executeUpdate();
    } catch (SQLException failure) {
      // What cannot be noted must not be shown.
      throw new RecordsUnavailable(failure);
    }
  }

  @Override
  public List<Access> ofCase(CaseId id, int limit) {
    return read(
        () ->
            jdbc.sql("select * from access_log where case_id = ? order by at, id limit ?")
                .params(id.value(), limit)
                .query((row, number) -> access(row))
                .list());
  }

  @Override
  public List<Access> ofCitizen(Digest citizen, int limit) {
    byte[] digest = HexFormat.of().parseHex(citizen.hex());
    return read(
        () ->
            jdbc.sql(
                    """
                    select * from access_log where citizen = ? or case_id in (\
                    select case_id from certificate_case where citizen = ? \
                    union select case_id from access_log where citizen = ?) \
                    order by at, id limit ?\
                    """)
                .params(digest, digest, digest, limit)
                .query((row, number) -> access(row))
                .list());
  }

  @Override
  public int deleteBefore(Instant time) {
    return read(
        () ->
            jdbc.sql("delete from access_log where at < ?").param(Parameters.time(time)).update());
  }

  private static Access access(ResultSet row) throws SQLException {
    Optional<LetterRef> letter =
        Rows.text(row, "letter_id").isPresent()
            ? Optional.of(Rows.ref(row, "letter_sender", "letter_id"))
            : Optional.empty();
    return new Access(
        Rows.instant(row, "at"),
        new Access.Actor(
            row.getBoolean("operator"),
            Stream.of((String[]) row.getArray("parties").getArray()).map(PartyId::new).toList(),
            row.getString("credential"),
            Rows.text(row, "staff")),
        AccessAct.valueOf(row.getString("act")),
        Optional.ofNullable(row.getObject("case_id", UUID.class)).map(CaseId::new),
        letter,
        Rows.optionalDigest(row, "citizen"),
        row.getString("detail"));
  }

  private static <T> T read(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
