package dk.attestbro.jdbc;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The figures out of PostgreSQL. Facts of cases are read packed, those of cases that have changed
 * since they were packed by row, and counted by {@link Tally} one by one; of notices the database
 * gives histograms.
 */
public final class JdbcStatistics implements Statistics {
  /** One moment for all that is read; both cores and room for what the database groups. */
  private static final String SETTINGS =
      """
      set transaction isolation level repeatable read, read only;
      set local max_parallel_workers_per_gather = 2;
      set local work_mem = '64MB';
      set local statement_timeout = '30s'""";

  /** Packed days come so many at a time: a day has some hundred kilobytes. */
  private static final int DAYS_AT_A_TIME = 8;

  private static final int ROWS_AT_A_TIME = 5_000;

  /** Facts that wait for others of their group, some 70 bytes each. */
  private static final int MOST_WAITING = 100_000;

  private static final String PACKED =
      """
      select opened_on - date '1970-01-01', standing,
        case when past_until > ? then past else ''::bytea end,
        array(select distinct case_id from fact_changed c where c.opened_on = d.opened_on)
      from fact_day d where since <= ? and day_from <= ? and day_to >= ?""";

  private static final String CHANGED =
      "select "
          + FactFigures.COLUMNS
          + """
          , case_id from (select distinct opened_on, case_id from fact_changed) as changed
          join case_fact using (opened_on, case_id) where since <= ? and until > ?""";

  /** The number of each place's group; joined so, the planner groups on both cores. */
  private static final String NOTICES =
      """
      select grp, noticed_on < discharge_date, outcome, count(*) from discharge_fact
        join (select place, (?::integer[])[place] as grp from fact_place) as wanted using (place)
      where grp >= 0 and since <= ? and until > ? and noticed_on between ? and ?
      group by 1, 2, 3""";

  /** The codes are in the statement, not beside it: only so is their index used. */
  private static final String MANUAL_STEPS =
      "select distinct substr(chain, "
          + (CaseId.CHAIN.length() + 1)
          + ")::uuid from evidence where chain like '"
          + CaseId.CHAIN
          + "%' and at::timestamptz <= ? and code in ("
          + TimelineCode.MANUAL_STEPS.stream()
              .map(code -> "'" + code.name() + "'")
              .collect(Collectors.joining(", "))
          + ")";

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
    Report report = new Report(query, Places.read(query, connection), connection);
    report.findManualSteps();
    report.countPacked();
    report.countChanged();
    report.countWaiting();
    report.countNotices();
    return report.figures.build();
  }

  /** One report in the making. */
  private static final class Report {
    private final StatisticsQuery query;
    private final Instant cutoff;
    private final FactFigures.Period period;
    private final Places places;
    private final Connection connection;
    private final StatisticsFigures.Builder figures;
    private final @Nullable Tally[] tallies;
    private final List<List<FactFigures>> waiting;
    private final Set<UUID> handled = new HashSet<>();
    private int allWaiting;

    Report(StatisticsQuery query, Places places, Connection connection) {
      this.query = query;
      // As exact as the facts: what is begun at the rounded-down moment is begun at this one.
      this.cutoff = query.cutoff().truncatedTo(ChronoUnit.MICROS);
      this.period = FactFigures.Period.of(query);
      this.places = places;
      this.connection = connection;
      this.figures = new StatisticsFigures.Builder(query);
      this.tallies = new Tally[places.values().size()];
      this.waiting =
          Stream.<List<FactFigures>>generate(ArrayList::new).limit(tallies.length).toList();
    }

    void countPacked() throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(PACKED)) {
        Parameters.binary(statement);
        statement.setFetchSize(DAYS_AT_A_TIME);
        new Parameters(statement)
            .instant(cutoff)
            .instant(cutoff)
            .date(Optional.of(query.to()))
            .date(Optional.of(query.from()));
        try (ResultSet day = statement.executeQuery()) {
          while (day.next()) {
            countDay(day);
          }
        }
      }
    }

    private void countDay(ResultSet day) throws SQLException {
      int openedOn = day.getInt(1);
      Set<UUID> changed = Set.of((UUID[]) day.getArray(4).getArray());
      long moment = FactPacking.micros(cutoff);
      PackedFacts.read(day.getBytes(2), openedOn, moment, changed, this::count);
      PackedFacts.read(day.getBytes(3), openedOn, moment, changed, this::count);
    }

    void countChanged() throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
        Parameters.binary(statement);
        statement.setFetchSize(ROWS_AT_A_TIME);
        new Parameters(statement).instant(cutoff).instant(cutoff);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            count(row.getObject(14, UUID.class), FactFigures.of(row));
          }
        }
      }
    }

    private void count(UUID caseId, FactFigures fact) {
      int group = places.group(fact.place());
      if (group != Places.NONE) {
        if (fact.isDeliveredIn(period) && handled.contains(caseId)) {
          tally(group).tookManualStep(1);
        }
        waiting.get(group).add(fact);
        allWaiting++;
        if (allWaiting == MOST_WAITING) {
          countWaiting();
        }
      }
    }

    /**
     * Group by group: the tallies of two thousand groups do not fit into the caches of a processor,
     * and one fact touches some twenty places of its tally.
     */
    void countWaiting() {
      for (int i = 0; i < waiting.size(); i++) {
        int group = i;
        waiting.get(group).forEach(fact -> fact.count(period, () -> tally(group)));
        waiting.get(group).clear();
      }
      allWaiting = 0;
    }

    /** Before the facts are counted. */
    void findManualSteps() throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(MANUAL_STEPS)) {
        Parameters.binary(statement);
        new Parameters(statement).instant(cutoff);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            handled.add(row.getObject(1, UUID.class));
          }
        }
      }
    }

    void countNotices() throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(NOTICES)) {
        new Parameters(statement)
            .numbers(places.groups())
            .instant(cutoff)
            .instant(cutoff)
            .date(Optional.of(query.from()))
            .date(Optional.of(query.to()));
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            tally(row.getInt(1))
                .noticed(row.getBoolean(2), Rows.text(row, "outcome"), row.getLong(4));
          }
        }
      }
    }

    /** Looked up by its values once, not for each of a million facts. */
    private Tally tally(int group) {
      Tally known = tallies[group];
      if (known == null) {
        known = figures.of(places.values().get(group));
        tallies[group] = known;
      }
      return known;
    }
  }

  /** At each place, from 1, the number of its group, -1 where it has none; the groups by number. */
  private record Places(List<Integer> groups, List<List<String>> values) {
    private static final int NONE = -1;

    int group(int place) {
      return groups.get(place - 1);
    }

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
