package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.Notice;
import dk.attestbro.model.Recipient;
import dk.attestbro.port.Change;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.Notices;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The notices in PostgreSQL. */
public final class JdbcNotices implements Notices {
  private static final String ADD =
      """
      insert into notice (id, kind, topic, address, secret_file, code, facts, at, since, \
      every_seconds, waiting, due_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
      on conflict (id) do update set code = excluded.code, facts = excluded.facts, \
      at = excluded.at, secret_file = excluded.secret_file, \
      every_seconds = excluded.every_seconds, \
      since = case when notice.waiting = 0 then excluded.since else notice.since end, \
      due_at = case when notice.waiting = 0 then greatest(excluded.due_at, \
      notice.told_at + make_interval(secs => excluded.every_seconds)) else notice.due_at end, \
      waiting = notice.waiting + excluded.waiting \
      where notice.every_seconds is not null\
      """;

  private final JdbcClient jdbc;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcNotices(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  static Step add(Change.AddNotice add) {
    Notice notice = add.notice();
    Optional<String> secretFile =
        notice.recipient() instanceof Recipient.Webhook webhook
            ? Optional.of(webhook.secretFile())
            : Optional.empty();
    return new Step(
        Step.Place.NOTICE,
        notice.id().toString(),
        ADD,
        Optional.empty(),
        to ->
            to.uuid(notice.id())
                .text(notice.kind().name())
                .text(notice.topic())
                .text(notice.recipient().address())
                .text(secretFile)
                .text(notice.code())
                .text(lines(notice.facts()))
                .instant(notice.at())
                .instant(notice.at())
                .number(notice.every().map(Duration::toSeconds))
                .number(add.count())
                .instant(notice.at()));
  }

  private static String lines(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "=" + fact.getValue())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public Optional<DueNotice> claim(Instant now, Instant leaseUntil) {
    return query(
        () ->
            jdbc.sql(
                    """
                    update notice set telling = case when telling = 0 then waiting else telling end, \
                    attempts = attempts + 1, due_at = ?, version = version + 1 \
                    where id = (select id from notice where waiting > 0 and due_at <= ? \
                    order by due_at, id limit 1 for update skip locked) returning *\
                    """)
                .params(time(leaseUntil), time(now))
                .query((row, number) -> due(row))
                .optional());
  }

  @Override
  public boolean end(DueNotice claimed, Instant at) {
    return query(
        () ->
            jdbc.sql(
                        """
                        update notice set waiting = waiting - telling, telling = 0, attempts = 0, \
                        told_at = :at, since = :at, \
                        due_at = :at + make_interval(secs => coalesce(every_seconds, 0)), \
                        version = version + 1 where id = :id and version = :version\
                        """)
                    .param("at", time(at))
                    .param("id", claimed.notice().id())
                    .param("version", claimed.version())
                    .update()
                == 1);
  }

  @Override
  public boolean again(DueNotice claimed, Instant dueAt) {
    return query(
        () ->
            jdbc.sql(
                        "update notice set due_at = ?, version = version + 1"
                            + " where id = ? and version = ?")
                    .params(time(dueAt), claimed.notice().id(), claimed.version())
                    .update()
                == 1);
  }

  @Override
  public int deleteToldBefore(Instant time) {
    return query(
        () ->
            jdbc.sql("delete from notice where waiting = 0 and told_at < ?")
                .param(time(time))
                .update());
  }

  private static DueNotice due(ResultSet row) throws SQLException {
    String address = row.getString("address");
    Recipient recipient =
        Rows.text(row, "secret_file")
            .<Recipient>map(file -> new Recipient.Webhook(URI.create(address), file))
            .orElseGet(() -> new Recipient.Mail(address));
    Notice notice =
        new Notice(
            Notice.Kind.valueOf(row.getString("kind")),
            row.getString("topic"),
            recipient,
            row.getString("code"),
            facts(row.getString("facts")),
            Rows.instant(row, "at"),
            Optional.ofNullable(row.getObject("every_seconds", Long.class))
                .map(Duration::ofSeconds));
    return new DueNotice(
        notice,
        row.getInt("telling"),
        Rows.instant(row, "since"),
        row.getInt("attempts"),
        row.getInt("version"));
  }

  private static Map<String, String> facts(String lines) {
    return lines
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
  }

  private static <T> T query(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
