package dk.attestbro.jdbc;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operations look at, in PostgreSQL. Each list and each figure is one query. */
public final class JdbcOperations implements OperationsRecords {
  private static final String STATES =
      """
      select
        count(*) filter (where phase = 'TO_SEND' and attempts = 0 and resends = 0
          and last_reason is null) as recorded,
        count(*) filter (where phase = 'CLAIMED' and due_at > :now) as in_flight,
        count(*) filter (where phase = 'AWAITING') as awaiting,
        count(*) as all_rows,
        (select count(*) from letter where status = 'DEAD') as dead
      from outbox""";

  private static final String TRAFFIC =
      """
      select l.receiver,
        count(*) filter (where t.outcome = 'DELIVERED') as delivered,
        count(*) filter (where t.outcome <> 'DELIVERED') as failed
      from transmission t join letter l using (letter_id, sender)
      where t.at >= :since and l.receiver is not null
      group by l.receiver order by l.receiver""";

  private final JdbcClient jdbc;
  private final LetterSearch letters;
  private final CaseFinding cases;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcOperations(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.letters = new LetterSearch(jdbc);
    this.cases = new CaseFinding(jdbc);
  }

  @Override
  public List<LetterLine> letters(LetterQuery query) {
    return read(() -> letters.find(query));
  }

  @Override
  public List<CertificateCase> cases(CaseSearch search) {
    return read(() -> cases.find(search));
  }

  @Override
  public LetterStates states(Instant now) {
    return read(
        () ->
            jdbc.sql(STATES)
                .param("now", Parameters.time(now))
                .query(
                    (row, number) -> {
                      long recorded = row.getLong("recorded");
                      long inFlight = row.getLong("in_flight");
                      long awaiting = row.getLong("awaiting");
                      return new LetterStates(
                          recorded,
                          row.getLong("all_rows") - recorded - inFlight - awaiting,
                          inFlight,
                          awaiting,
                          row.getLong("dead"));
                    })
                .single());
  }

  @Override
  public long received(Instant from, Instant to) {
    return read(
        () ->
            jdbc.sql(
                    "select count(*) from letter where received_at >= ? and received_at < ?"
                        + " and event <> ?")
                .params(
                    Parameters.time(from), Parameters.time(to), EventCode.ACKNOWLEDGEMENT.code())
                .query(Long.class)
                .single());
  }

  @Override
  public List<QueueTraffic> traffic(Instant since) {
    return read(
        () ->
            jdbc.sql(TRAFFIC)
                .param("since", Parameters.time(since))
                .query(
                    (row, number) ->
                        new QueueTraffic(
                            new PartyId(row.getString("receiver")),
                            row.getLong("delivered"),
                            row.getLong("failed")))
                .list());
  }

  @Override
  public long size() {
    return read(
        () -> jdbc.sql("select pg_database_size(current_database())").query(Long.class).single());
  }

  private static <T> T read(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
