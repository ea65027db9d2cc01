package dk.attestbro.jdbc;

import dk.attestbro.model.PartyId;
import dk.attestbro.port.RecordsUnavailable;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * The figures out of PostgreSQL. The database groups facts by small whole numbers in one pass each
 * and gives histograms; {@link Tally} counts them.
 */
public final class JdbcStatistics implements Statistics {
  /** One moment for all passes; both cores for one report; room to group in memory. */
  private static final String SETTINGS =
      """
      set transaction isolation level repeatable read, read only;
      set local max_parallel_workers_per_gather = 2;
      set local work_mem = '64MB';
      set local statement_timeout = '30s'""";

  /** The number of each place's group; joined so, the planner groups on both cores. */
  private static final String GROUPED =
      " join (select place, (?::integer[])[place] as grp from fact_place) as wanted using (place)"
          + " where grp >= 0 and since <= ? and until > ?";

  private static final String REQUESTS =
      "select grp, ack_seconds, count(*) from case_fact"
          + GROUPED
          + " and opened_on between ? and ? group by 1, 2";

  private static final String CASE_STARTS =
      "select grp, request_days, count(*) from case_fact"
          + GROUPED
          + " and opened_on between ? and ? and request_days is not null group by 1, 2";

  private static final String DUE =
      """
      select grp, replied_on is not null, reply_days, paused_days,
        case when coalesce(replied_on, ?) > due then coalesce(replied_on, ?) - due else 0 end,
        count(*), sum(reminders), sum(interim_replies), sum(questions)
      from case_fact"""
          + GROUPED
          + " and placed_on between ? and ? and not has_left group by 1, 2, 3, 4, 5";

  private static final String ENDS =
      "select grp, end_reason, count(*) from case_fact"
          + GROUPED
          + " and ended_on between ? and ? and has_left group by 1, 2";

  private static final String NOTICES =
      "select grp, noticed_on < discharge_date, outcome, count(*) from discharge_fact"
          + GROUPED
          + " and noticed_on between ? and ? group by 1, 2, 3";

  /** Reports wait for each other: many at once would take the connections that letters need. */
  private final ReentrantLock oneAtATime = new ReentrantLock();

  private final DataSource dataSource;

  /** Reads a database that {@link Database} has migrated. */
  public JdbcStatistics(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public StatisticsFigures figures(StatisticsQuery query) {
    oneAtATime.lock();
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      try {
        return figures(query, connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException failure) {
      throw SqlFailures.translated(failure);
    } finally {
      oneAtATime.unlock();
    }
  }

  private Connection connection() {
    try {
      return dataSource.getConnection();
    } catch (SQLException failure) {
      throw new RecordsUnavailable(failure);
    }
  }

  private static StatisticsFigures figures(StatisticsQuery query, Connection connection)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
    StatisticsFigures.Builder figures = new StatisticsFigures.Builder(query);
    Places places = Places.read(query, connection);
    Pass pass = new Pass(query, places, figures, connection);
    pass.over(REQUESTS, List.of(), (tally, row) -> tally.requests(number(row, 2), row.getLong(3)));
    pass.over(
        CASE_STARTS,
        List.of(),
        (tally, row) -> tally.requestedAfter(row.getLong(2), row.getLong(3)));
    pass.over(DUE, List.of(query.today(), query.today()), JdbcStatistics::due);
    pass.over(ENDS, List.of(), (tally, row) -> tally.ended(row.getString(2), row.getLong(3)));
    pass.over(
        NOTICES,
        List.of(),
        (tally, row) ->
            tally.noticed(row.getBoolean(2), Rows.text(row, "outcome"), row.getLong(4)));
    return figures.build();
  }

  private static void due(Tally tally, ResultSet row) throws SQLException {
    long daysLate = row.getLong(5);
    long n = row.getLong(6);
    if (row.getBoolean(2)) {
      tally.replied(number(row, 3), row.getLong(4), daysLate, n);
    } else {
      tally.open(daysLate, n);
    }
    tally.followedUp(row.getLong(7), row.getLong(8), row.getLong(9));
  }

  private static Optional<Long> number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /** Counts one row of a pass. */
  private interface Counting {
    void count(Tally tally, ResultSet row) throws SQLException;
  }

  /** Runs a statement over the facts that stood at the cut-off. */
  private record Pass(
      StatisticsQuery query,
      Places places,
      StatisticsFigures.Builder figures,
      Connection connection) {
    void over(String sql, List<LocalDate> first, Counting counting) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        Parameters parameters = new Parameters(statement);
        for (LocalDate date : first) {
          parameters.date(Optional.of(date));
        }
        parameters
            .numbers(places.groups())
            .instant(query.cutoff())
            .instant(query.cutoff())
            .date(Optional.of(query.from()))
            .date(Optional.of(query.to()));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            counting.count(figures.of(places.values().get(rows.getInt(1))), rows);
          }
        }
      }
    }
  }

  /** At each place, from 1, the number of its group, -1 where it has none; the groups by number. */
  private record Places(List<Integer> groups, List<List<String>> values) {
    private static final int NONE = -1;

    static Places read(StatisticsQuery query, Connection connection) throws SQLException {
      List<Integer> groups = new ArrayList<>();
      Map<List<String>, Integer> numbers = new LinkedHashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select place, form, requester, municipality, unit, region from fact_place"
                      + " order by place")) {
        while (row.next()) {
          while (groups.size() < row.getInt("place")) {
            groups.add(NONE);
          }
          PartyId unit = new PartyId(row.getString("unit"));
          if (query.concerns(new PartyId(row.getString("requester")), unit)) {
            List<String> values =
                query.group(
                    row.getString("region"),
                    row.getString("municipality"),
                    unit,
                    row.getString("form"));
            groups.set(
                row.getInt("place") - 1, numbers.computeIfAbsent(values, any -> numbers.size()));
          }
        }
      }
      return new Places(groups, List.copyOf(numbers.keySet()));
    }
  }
}
