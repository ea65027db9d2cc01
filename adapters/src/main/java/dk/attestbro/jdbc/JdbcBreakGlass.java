package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.LetterRef;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The requests for break-glass access in PostgreSQL: how their rows are written and found. */
public final class JdbcBreakGlass implements BreakGlassRequests {
  private static final String LIVE = " coalesce(ends_at, lapses_at) > ? ";

  private final JdbcClient jdbc;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcBreakGlass(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  static Step ask(BreakGlassRequest request) {
    return step(
        request.id(),
        """
        insert into break_glass (id, sender, letter_id, asked_by, asked_at, lapses_at) \
        values (?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        to ->
            to.uuid(request.id())
                .text(request.letter().sender().value())
                .text(request.letter().id().value())
                .text(request.askedBy())
                .instant(request.askedAt())
                .instant(request.lapsesAt()));
  }

  static Step grant(Change.GrantBreakGlass grant) {
    return step(
        grant.id(),
        """
        update break_glass set granted_by = ?, granted_at = ?, ends_at = ? \
        where id = ? and ends_at is null\
        """,
        to ->
            to.text(grant.grant().by())
                .instant(grant.grant().at())
                .instant(grant.grant().endsAt())
                .uuid(grant.id()));
  }

  static Step end(BreakGlassRequest request) {
    return step(
        request.id(),
        "delete from break_glass where id = ? and (ends_at is null) = ?",
        to -> to.uuid(request.id()).flag(request.grant().isEmpty()));
  }

  private static Step step(UUID id, String sql, Step.Binding binding) {
    return new Step(Step.Place.BREAK_GLASS, id.toString(), sql, Optional.of(Commit.STALE), binding);
  }

  @Override
  public Optional<BreakGlassRequest> find(UUID id) {
    return query(
        () ->
            jdbc.sql("select * from break_glass where id = ?")
                .param(id)
                .query((row, number) -> read(row))
                .optional());
  }

  @Override
  public Optional<BreakGlassRequest> live(LetterRef letter, String askedBy, Instant now) {
    return query(
        () ->
            jdbc.sql(
                    "select * from break_glass where"
                        + LIVE
                        + "and letter_id = ? and sender = ? and asked_by = ?"
                        + " order by asked_at desc, id::text desc limit 1")
                .params(time(now), letter.id().value(), letter.sender().value(), askedBy)
                .query((row, number) -> read(row))
                .optional());
  }

  @Override
  public List<BreakGlassRequest> live(Instant now, int skipped, int limit) {
    return query(
        () ->
            jdbc.sql(
                    "select * from break_glass where"
                        + LIVE
                        + "order by asked_at, id::text offset ? limit ?")
                .params(time(now), skipped, limit)
                .query((row, number) -> read(row))
                .list());
  }

  @Override
  public List<BreakGlassRequest> over(Instant now, int limit) {
    return query(
        () ->
            jdbc.sql(
                    "select * from break_glass where not ("
                        + LIVE
                        + ") order by asked_at, id::text limit ?")
                .params(time(now), limit)
                .query((row, number) -> read(row))
                .list());
  }

  private static BreakGlassRequest read(ResultSet row) throws SQLException {
    return new BreakGlassRequest(
        row.getObject("id", UUID.class),
        Rows.ref(row),
        row.getString("asked_by"),
        Rows.instant(row, "asked_at"),
        Rows.instant(row, "lapses_at"),
        grant(row));
  }

  private static Optional<BreakGlassRequest.Grant> grant(ResultSet row) throws SQLException {
    Optional<Instant> ends = Rows.optionalInstant(row, "ends_at");
    return ends.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BreakGlassRequest.Grant(
                row.getString("granted_by"), Rows.instant(row, "granted_at"), ends.get()));
  }

  private static <T> T query(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
