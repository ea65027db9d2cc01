package dk.attestbro.gateway.demo;

import dk.attestbro.jdbc.Database;
import dk.attestbro.jdbc.FactPacking;
import dk.attestbro.jdbc.JdbcStatistics;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import dk.attestbro.port.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures at size: made-up facts of so many cases, all of one year, in a database of its own
 * that is deleted at the end; then a report of that year by each dimension, timed.
 */
public final class StatisticsBench {
  private static final LocalDate FROM = LocalDate.parse("2026-01-01");
  private static final LocalDate TO = LocalDate.parse("2026-12-31");
  private static final Instant NOW = Instant.parse("2027-06-01T10:00:00Z");
  private static final Instant LONG_BEFORE = Instant.parse("2026-07-15T11:00:00Z");

  /** Times that each report is asked for; the median counts. */
  private static final int TIMES = 3;

  /** Reports of a process that are told but not counted. */
  private static final int FIRST = 2;

  /** 98 municipalities in five regions with four units each, and five forms. */
  private static final String PLACES =
      """
      insert into fact_place (form, requester, municipality, unit, region)
      select 'FORM-' || form, 'employment-' || municipality, (100 + municipality)::text,
        'psychiatry-' || municipality % 5 || '-' || unit, (1081 + municipality % 5)::text
      from generate_series(1, 98) municipality, generate_series(1, 4) unit,
        generate_series(1, 5) form""";

  // Of 100 cases 70 are replied late, 20 in time, 5 are open, 3 returned and 2 cancelled. In the
  // order of time, as facts come.
  private static final String CASES =
      """
      create temporary table made as
      select gen_random_uuid() as case_id, 1 + (n * 7919 %% 1960)::int as place, (n %% 100)::int as kind,
        opened_at, opened_at + case when n %% 10 = 0 then make_interval(hours => (n %% 70)::int)
          else make_interval(secs => (n %% 300)::int) end as received_at,
        (opened_at + interval '14 days')::date
          + case extract(isodow from opened_at) when 6 then 2 when 7 then 1 else 0 end as due,
        opened_at + make_interval(days => case when n %% 100 < 70 then 18 + (n / 100 %% 60)::int
          else 2 + (n / 100 %% 11)::int end) as replied_at,
        case when n %% 11 = 0 then (n %% 10)::int else 0 end as paused_days,
        case when n %% 100 < 70 then (n %% 3)::int else 0 end as reminders,
        (opened_at - make_interval(days => (n %% 200)::int))::date as case_started_on
      from (select n, timestamptz '2026-01-01 08:00Z' + random() * interval '350 days' as opened_at
        from generate_series(1::bigint, %d) n) as opened""";

  private static final String OPENED =
      """
      insert into case_fact (case_id, place, state, opened_at, received_at, due, replied_at,
        ended_at, end_reason, paused_days, reminders, interim_replies, questions, case_started_on,
        since, until)
      select case_id, place, 'SENT', opened_at, null, null, null, null, '', 0, 0, 0, 0,
        case_started_on, opened_at, received_at from made""";

  private static final String RECEIVED =
      """
      insert into case_fact (case_id, place, state, opened_at, received_at, due, replied_at,
        ended_at, end_reason, paused_days, reminders, interim_replies, questions, case_started_on,
        since, until)
      select case_id, place, 'RECEIVED', opened_at, received_at, due, null, null, '', 0, 0, 0, 0,
        case_started_on, received_at,
        case when kind >= 95 and kind < 97 then 'infinity' else replied_at end from made""";

  private static final String ENDED =
      """
      insert into case_fact (case_id, place, state, opened_at, received_at, due, replied_at,
        ended_at, end_reason, paused_days, reminders, interim_replies, questions, case_started_on,
        since)
      select case_id, place, case when kind < 95 then 'REPLIED' else 'RETURNED' end, opened_at,
        received_at, due, case when kind < 90 then replied_at end,
        case when kind >= 97 then replied_at end,
        case when kind < 97 then '' when kind = 97 then 'CANCELLED' else 'NOT_OUR_PATIENT' end,
        paused_days, reminders, reminders, 0, case_started_on, replied_at
      from made where kind < 95 or kind >= 97""";

  private static final String NOTICES =
      """
      insert into discharge_fact (case_id, place, discharge_date, noticed_at, outcome, outcome_at,
        since)
      select case_id, place, opened_at::date + kind / 30, opened_at,
        case when kind < 50 then 'OFFERED_ACCEPTED' when kind < 80 then 'OFFERED_DECLINED' end,
        case when kind < 80 then opened_at end, opened_at
      from made where kind % 5 = 0""";

  /** In one case of fifty operations sent a letter again. */
  private static final String ACTS =
      """
      insert into evidence (chain, sequence, at, code, detail, hash)
      select 'case:' || case_id, 1, to_char(received_at at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'RESENT_BY_OPERATOR', '', '' from made
      where kind % 50 = 0""";

  private final PrintStream out;
  private final PrintStream progress;

  /** The times go to {@code out}, what is being done to {@code progress}. */
  public StatisticsBench(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /** Runs it in an empty folder; 0 where every report came within the limit, else 1. */
  public int run(Path folder, int cases, Duration limit) throws IOException {
    Path work = WorkFolder.fresh(folder);
    try (Database database = Database.embedded(work.resolve("postgres"), 2)) {
      fill(database, cases);
      pack(database);
      return measure(new JdbcStatistics(database.dataSource()), limit) ? 0 : 1;
    } finally {
      WorkFolder.delete(work);
    }
  }

  private void fill(Database database, int cases) {
    progress.println("bench: making the facts of " + cases + " cases");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 0);
      for (String sql : statements(cases)) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the facts cannot be made", failure);
    }
  }

  private static List<String> statements(int cases) {
    return List.of(
        PLACES,
        CASES.formatted(cases),
        OPENED,
        RECEIVED,
        ENDED,
        NOTICES,
        ACTS,
        "drop table made",
        "vacuum analyze case_fact",
        "vacuum analyze discharge_fact",
        "analyze fact_place",
        "vacuum analyze evidence");
  }

  /** As the gateway does beside its work. */
  private void pack(Database database) {
    progress.println("bench: packing them for reports");
    long start = System.nanoTime();
    new FactPacking(database.dataSource()).pack();
    out.printf(
        Locale.ROOT, "packed in %d s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
  }

  private boolean measure(Statistics statistics, Duration limit) {
    start(statistics);
    boolean within = true;
    for (List<Dimension> by : groupings()) {
      within &= measure(statistics, by, NOW, limit);
    }
    return within & measure(statistics, List.of(Dimension.UNIT), LONG_BEFORE, limit);
  }

  /** The first reports of a process read the days from disk and wait for Java's compilers. */
  private void start(Statistics statistics) {
    StatisticsQuery query = new StatisticsQuery(FROM, TO, List.of(), NOW, Optional.empty());
    for (int i = 0; i < FIRST; i++) {
      long start = System.nanoTime();
      statistics.figures(query);
      out.printf(
          Locale.ROOT,
          "report %d of the process, not counted: %d ms%n",
          i + 1,
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
  }

  private static List<List<Dimension>> groupings() {
    List<List<Dimension>> groupings = new ArrayList<>();
    groupings.add(List.of());
    Stream.of(Dimension.values()).map(List::of).forEach(groupings::add);
    groupings.add(List.of(Dimension.values()));
    return groupings;
  }

  private boolean measure(
      Statistics statistics, List<Dimension> by, Instant cutoff, Duration limit) {
    StatisticsQuery query = new StatisticsQuery(FROM, TO, by, cutoff, Optional.empty());
    List<Duration> times = new ArrayList<>();
    int groups = 0;
    long requests = 0;
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      StatisticsFigures figures = statistics.figures(query);
      requests = figures.total().count(Tally.Count.REQUESTS);
      groups = figures.groups().size();
      times.add(Duration.ofNanos(System.nanoTime() - start));
    }
    times.sort(Comparator.naturalOrder());
    Duration median = times.get(TIMES / 2);
    out.printf(
        Locale.ROOT,
        "by %-30s cut-off %s  %5d groups  %8d requests  %6d ms (longest %d ms)%n",
        names(by),
        cutoff.toString().substring(0, 10),
        groups,
        requests,
        median.toMillis(),
        times.get(TIMES - 1).toMillis());
    return median.compareTo(limit) <= 0;
  }

  private static String names(List<Dimension> by) {
    return by.isEmpty()
        ? "nothing"
        : by.stream()
            .map(dimension -> dimension.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(","));
  }
}
