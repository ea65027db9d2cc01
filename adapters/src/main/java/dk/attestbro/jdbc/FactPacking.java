package dk.attestbro.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Packs facts of cases for reports, a day of openings at a time. Figures never depend on what is
 * packed; how long they take does.
 */
public final class FactPacking {
  /** So many marks are left to reports: reading that many cases by row takes a part of a second. */
  private static final long LEFT_TO_REPORTS = 10_000;

  private static final int FETCHED = 5_000;

  private static final String MARKS = "select count(*) from fact_changed";

  private static final String DAYS = "select distinct opened_on from fact_changed order by 1";

  private static final String FACTS =
      "select "
          + FactFigures.COLUMNS
          + ", case_id, since, until from case_fact where opened_on = ? order by case_id, since";

  private static final String PUT =
      """
      insert into fact_day (opened_on, day_from, day_to, since, standing, past, past_until)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (opened_on) do update set day_from = excluded.day_from, day_to = excluded.day_to,
        since = excluded.since, standing = excluded.standing, past = excluded.past,
        past_until = excluded.past_until""";

  private static final String DROP = "delete from fact_day where opened_on = ?";

  private static final String UNMARK = "delete from fact_changed where opened_on = ?";

  /**
   * Until then reports walk over the deleted marks, and are planned as if they were still there.
   */
  private static final String TIDY = "vacuum (analyze, skip_locked) fact_changed";

  private final DataSource dataSource;

  /** Packs in a database that {@link Database} has migrated. */
  public FactPacking(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Packs what has changed, where so much has that reports would notice. */
  public void packWhereMuchChanged() {
    if (marks() > LEFT_TO_REPORTS) {
      pack();
    }
  }

  /** Packs each day of which facts have changed, in a transaction each; ends when interrupted. */
  public void pack() {
    try (Connection connection = dataSource.getConnection()) {
      if (packDays(connection) > LEFT_TO_REPORTS) {
        execute(TIDY, connection);
      }
    } catch (SQLException failure) {
      // Another node packs the same day: what it leaves is left to the next time.
      if (!SqlFailures.isConflict(failure)) {
        throw SqlFailures.translated(failure);
      }
    }
  }

  /** How many marks it has deleted. */
  private static long packDays(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      long unmarked = 0;
      for (LocalDate day : days(connection)) {
        if (Thread.currentThread().isInterrupted()) {
          return unmarked;
        }
        unmarked += pack(day, connection);
        connection.commit();
      }
      return unmarked;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void execute(String sql, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long marks() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MARKS)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw SqlFailures.translated(failure);
    }
  }

  private static List<LocalDate> days(Connection connection) throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DAYS)) {
      while (row.next()) {
        days.add(row.getObject(1, LocalDate.class));
      }
    }
    connection.commit();
    return days;
  }

  /**
   * All statements see one moment: marks that are deleted are of changes that are packed.
   *
   * @return how many marks it has deleted
   */
  private static long pack(LocalDate day, Connection connection) throws SQLException {
    Day packed = new Day(Math.toIntExact(day.toEpochDay()));
    try (PreparedStatement statement = connection.prepareStatement(FACTS)) {
      Parameters.binary(statement);
      statement.setFetchSize(FETCHED);
      new Parameters(statement).date(Optional.of(day));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          packed.add(row);
        }
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(packed.any ? PUT : DROP)) {
      packed.put(day, new Parameters(statement));
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(UNMARK)) {
      new Parameters(statement).date(Optional.of(day));
      return statement.executeLargeUpdate();
    }
  }

  /** Microseconds since 1970; {@link PackedFacts#STILL} for infinity. */
  private static long micros(OffsetDateTime time) {
    return time.equals(OffsetDateTime.MAX) ? PackedFacts.STILL : micros(time.toInstant());
  }

  /** Microseconds since 1970, rounded down. */
  static long micros(Instant time) {
    return Math.multiplyExact(time.getEpochSecond(), 1_000_000L) + time.getNano() / 1_000;
  }

  /** A day in the making. */
  private static final class Day {
    private final PackedFacts.Writer standing;
    private final PackedFacts.Writer past;
    private int first;
    private int last;
    private long since = Long.MAX_VALUE;
    private long pastUntil = 0;
    private boolean any;

    Day(int openedOn) {
      standing = new PackedFacts.Writer(openedOn);
      past = new PackedFacts.Writer(openedOn);
      first = openedOn;
      last = openedOn;
    }

    void add(ResultSet row) throws SQLException {
      FactFigures fact = FactFigures.of(row);
      UUID caseId = row.getObject(14, UUID.class);
      long begin = micros(row.getObject(15, OffsetDateTime.class));
      long end = micros(row.getObject(16, OffsetDateTime.class));
      any = true;
      since = Math.min(since, begin);
      reach(fact.placedOn());
      reach(fact.endedOn());
      if (end == PackedFacts.STILL) {
        standing.add(caseId, begin, end, fact);
      } else {
        past.add(caseId, begin, end, fact);
        pastUntil = Math.max(pastUntil, end);
      }
    }

    private void reach(int day) {
      if (day != FactFigures.NONE) {
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    }

    void put(LocalDate day, Parameters to) throws SQLException {
      to.date(Optional.of(day));
      if (any) {
        to.date(Optional.of(LocalDate.ofEpochDay(first)))
            .date(Optional.of(LocalDate.ofEpochDay(last)))
            .instant(instant(since))
            .bytes(Optional.of(standing.bytes()))
            .bytes(Optional.of(past.bytes()))
            .instant(instant(pastUntil));
      }
    }

    private static Instant instant(long micros) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
  }
}
