package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Records;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import dk.attestbro.port.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures are the same whatever is packed, and when. */
class FactPackingIT {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(120));
  private static final CaseId ON_A_DAY = new CaseId(new UUID(7, 5));
  private static final CaseId ON_THE_SAME_DAY = new CaseId(new UUID(7, 32 + 5));
  private static final int CASES = 20;
  private static final int FACTS = 150;

  private static TestDatabase database;

  private final Random random = new Random(20260301);
  private final MemoryRecords memory = new MemoryRecords();
  private final JdbcRecords jdbc = database.records();
  private final JdbcStatistics statistics = new JdbcStatistics(database.database().dataSource());
  private final FactPacking packing = new FactPacking(database.database().dataSource());

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  @Test
  void countsAsFactByFactDoesWheneverDaysArePacked() {
    Instant now = START;
    for (int i = 0; i < FACTS; i++) {
      now = now.plusSeconds(random.nextInt(80_000));
      // One in five became known late.
      Instant at = i % 5 == 0 ? now.minus(Duration.ofDays(random.nextInt(30))) : now;
      CaseId id = new CaseId(new UUID(7, random.nextInt(CASES)));
      put(new Change.PutCaseFact(fact(id, at)), memory, jdbc);
      if (i % 30 == 0) {
        put(new Change.AddEvidence(resent(id, at)), memory, jdbc);
      }
      if (random.nextInt(20) == 0) {
        packing.pack();
        assertSame(now);
      }
    }
    for (int i = 0; i < 10; i++) {
      assertSame(START.plusSeconds(random.nextInt((int) Duration.between(START, now).toSeconds())));
    }
    packing.pack();
    assertThat(count("fact_changed")).isZero();
    assertSame(now);
    assertSame(START.plus(Duration.ofDays(60)));
  }

  @Test
  void countsAChangeThatWasBeingWrittenWhileItsDayWasPacked() throws SQLException {
    put(new Change.PutCaseFact(fact(ON_A_DAY, START)), jdbc);
    packing.pack();
    try (Connection writer = database.database().dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("update case_fact set until = '2026-04-01T00:00:00Z'");
      put(new Change.PutCaseFact(fact(ON_THE_SAME_DAY, START)), jdbc);
      packing.pack();
      assertThat(requests()).as("nothing of it stands yet").isEqualTo(2);
      writer.commit();
    }
    assertThat(requests()).isEqualTo(1);
    assertThat(count("fact_changed")).as("left to the next time").isEqualTo(1);
    packing.pack();
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void forgetsADayOfWhichNothingIsLeft() {
    put(new Change.PutCaseFact(fact(ON_A_DAY, START)), jdbc);
    packing.pack();
    database.execute("delete from case_fact");
    assertThat(requests()).isZero();
    packing.pack();
    assertThat(count("fact_day")).isZero();
  }

  @Test
  void leavesAFewChangesToReports() {
    put(new Change.PutCaseFact(fact(ON_A_DAY, START)), jdbc);
    packing.packWhereMuchChanged();
    assertThat(count("fact_day")).isZero();
    database.execute(
        "insert into fact_changed select '2026-03-01', gen_random_uuid()"
            + " from generate_series(1, 10000)");
    packing.packWhereMuchChanged();
    assertThat(count("fact_day")).isEqualTo(1);
    assertThat(requests()).isEqualTo(1);
  }

  private long requests() {
    return statistics
        .figures(query(END, List.of(), Optional.empty()))
        .total()
        .count(Tally.Count.REQUESTS);
  }

  private static long count(String table) {
    try (Connection connection = database.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void put(Change.Write write, Records... all) {
    for (Records records : all) {
      assertThat(records.commit(new Change(List.of(write)))).isEqualTo(Commit.DONE);
    }
  }

  private static Evidence resent(CaseId id, Instant at) {
    return new Evidence(
        id.chain(), at, TimelineCode.RESENT_BY_OPERATOR, Optional.empty(), "operator");
  }

  private void assertSame(Instant cutoff) {
    for (List<Dimension> by :
        List.of(
            List.<Dimension>of(),
            List.of(Dimension.values()[random.nextInt(4)]),
            List.of(Dimension.values()))) {
      StatisticsQuery query =
          query(
              cutoff,
              by,
              random.nextInt(3) == 0 ? Optional.of(psychiatry(1)) : Optional.<PartyId>empty());
      assertThat(told(statistics.figures(query))).isEqualTo(told(memory.figures(query)));
    }
  }

  private static StatisticsQuery query(
      Instant cutoff, List<Dimension> by, Optional<PartyId> onlyOf) {
    return new StatisticsQuery(
        LocalDate.parse("2026-03-10"),
        LocalDate.parse("2026-05-20"),
        by,
        cutoff,
        onlyOf.map(Set::of));
  }

  /** All that a report could tell. */
  private static List<String> told(StatisticsFigures figures) {
    List<String> told = new ArrayList<>();
    for (StatisticsFigures.Group group : figures.groups()) {
      Tally tally = group.tally();
      told.add(
          group.values()
              + Stream.of(Tally.Count.values()).map(tally::count).toList().toString()
              + Stream.of(Tally.Measure.values())
                  .map(tally::measured)
                  .flatMap(
                      values ->
                          Stream.of(
                              values.size(), values.median(), values.mean(), values.percentile(90)))
                  .toList()
              + tally.returned());
    }
    return told;
  }

  private static PartyId psychiatry(int number) {
    return new PartyId("psychiatry-" + number);
  }

  /** A case that may have got anywhere, at most 100 days after it was opened. */
  private CaseFact fact(CaseId id, Instant at) {
    int place = (int) (id.value().getLeastSignificantBits() & 3);
    Instant openedAt =
        START.plus(Duration.ofHours((id.value().getLeastSignificantBits() & 31) * 57));
    Optional<Instant> receivedAt = after(openedAt, 9);
    Optional<Instant> repliedAt = after(openedAt, 90);
    Optional<Instant> endedAt = after(openedAt, 100);
    return new CaseFact(
        id,
        "FORM-" + (place & 1),
        new PartyId("employment-" + place),
        "075" + place,
        psychiatry(place % 3),
        "108" + place % 3,
        CertificateCase.State.RECEIVED,
        openedAt,
        receivedAt,
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(LocalDate.parse("2026-03-01").plusDays(random.nextInt(100))),
        repliedAt,
        endedAt,
        endedAt.isPresent() && random.nextBoolean() ? "REASON_Æ" + random.nextInt(2) : "",
        random.nextInt(4),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(300),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(LocalDate.parse("2026-05-01").minusDays(random.nextInt(40_000))),
        at);
  }

  private Optional<Instant> after(Instant openedAt, int days) {
    return random.nextInt(3) == 0
        ? Optional.empty()
        : Optional.of(openedAt.plusSeconds(random.nextInt(days * 86_400) - 3_600L));
  }
}
