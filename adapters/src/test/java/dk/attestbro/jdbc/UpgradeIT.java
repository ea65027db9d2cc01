package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Turn;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Cases that were recorded before cases had turns stand where they stood, and go on from there. */
class UpgradeIT {
  private static final PartyId AARHUS = new PartyId("employment-aarhus");
  private static final PartyId MIDT = new PartyId("psychiatry-midt");
  private static final CaseId RECEIVED = new CaseId(new UUID(0, 1));
  private static final CaseId FILED = new CaseId(new UUID(0, 2));
  private static final CaseId RETURNED = new CaseId(new UUID(0, 3));

  private static TestDatabase database;
  private static JdbcRecords records;
  private static JdbcStatistics statistics;
  private static FactPacking packing;

  @BeforeAll
  static void upgrade() throws SQLException {
    database = TestDatabase.create();
    PGSimpleDataSource old = new PGSimpleDataSource();
    old.setUrl(database.database().pool().getJdbcUrl());
    old.setUser(database.database().pool().getUsername());
    old.setPassword(database.database().pool().getPassword());
    old.setCurrentSchema("old");
    FluentConfiguration migration =
        Flyway.configure()
            .dataSource(old)
            .defaultSchema("old")
            .locations("classpath:dk/attestbro/jdbc/migration");
    migration.target("1").load().migrate();
    try (Connection connection = old.getConnection();
        Statement statement = connection.createStatement()) {
      request(statement, RECEIVED, "RECEIVED", "RUNNING");
      request(statement, FILED, "FILED", "MET");
      letter(statement, FILED, "reply", "certificate-reply", MIDT, "2026-11-05T10:00:00Z");
      letter(statement, FILED, "filed", "filed", AARHUS, "2026-11-06T10:00:00Z");
      request(statement, RETURNED, "RETURNED", "VOID");
      letter(statement, RETURNED, "back", "certificate-returned", MIDT, "2026-11-04T10:00:00Z");
    }
    migration.target("5").load().migrate();
    try (Connection connection = old.getConnection();
        Statement statement = connection.createStatement()) {
      facts(statement);
    }
    migration.target("latest").load().migrate();
    records = new JdbcRecords(old, new TestDatabase.Masking(), Clock.systemUTC());
    statistics = new JdbcStatistics(old);
    packing = new FactPacking(old);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void standWhereTheyStood() {
    assertThat(found(RECEIVED).state()).isEqualTo(CertificateCase.State.RECEIVED);
    assertThat(found(RECEIVED).turn()).isEqualTo(CertificateCase.Whose.RESPONDER);
    assertThat(found(FILED).state()).isEqualTo(CertificateCase.State.FILED);
    assertThat(found(FILED).standing().repliedAt()).contains(Instant.parse("2026-11-05T10:00:00Z"));
    assertThat(found(RETURNED).state()).isEqualTo(CertificateCase.State.RETURNED);
    assertThat(found(RETURNED).deadline().state()).isEqualTo(Deadline.State.VOID);
  }

  @Test
  void keepTheirDeadlineAndItsRule() {
    CertificateCase open = found(RECEIVED);

    assertThat(open.deadline())
        .isEqualTo(
            new Deadline(
                Deadline.State.RUNNING, "LAE125-14D/1", Optional.of(LocalDate.of(2026, 11, 16))));
    assertThat(open.opening().rule().reference()).isEqualTo("LAE125-14D/1");
  }

  @Test
  void goOn() {
    CertificateCase open = found(RECEIVED);
    Turn reply =
        new Turn(
            Turn.Kind.REPLIED,
            Instant.parse("2026-11-16T20:00:00Z"),
            Optional.of(MIDT),
            Optional.of(new LetterRef(MIDT, new LetterId("late"))),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    CertificateCase replied = CaseRules.take(open, reply, WorkCalendar.MONDAY_TO_FRIDAY);

    assertThat(replied.deadline().state()).isEqualTo(Deadline.State.MET);
    assertThat(replied.deadline().due()).contains(LocalDate.of(2026, 11, 16));
  }

  @Test
  void countInTheFiguresPackedOrNot() {
    assertThat(repliesAt("2026-11-04T00:00:00Z")).isZero();
    assertThat(repliesAt("2026-11-06T00:00:00Z")).isEqualTo(1);
    packing.pack();
    assertThat(repliesAt("2026-11-04T00:00:00Z")).isZero();
    assertThat(repliesAt("2026-11-06T00:00:00Z")).isEqualTo(1);
  }

  private static long repliesAt(String cutoff) {
    return statistics
        .figures(
            new StatisticsQuery(
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2026, 11, 30),
                List.of(),
                Instant.parse(cutoff),
                Optional.empty()))
        .total()
        .count(Tally.Count.REPLIES);
  }

  private static CertificateCase found(CaseId id) {
    return records.certificateCase(id).orElseThrow();
  }

  /** A case that was opened on the second of November and replied on the fifth. */
  private static void facts(Statement statement) throws SQLException {
    statement.execute(
        """
        insert into fact_place (form, requester, municipality, unit, region)
        values ('LAE125', 'employment-aarhus', '0751', 'psychiatry-midt', '1082')""");
    statement.execute(
        """
        insert into case_fact (case_id, place, paused_days, reminders, interim_replies, questions,
          since, until, opened_at, replied_at, due, state, end_reason)
        select '%s', place, 0, 0, 0, 0, since, until, '2026-11-02T09:00:00Z', replied_at,
          '2026-11-16', 'RECEIVED', ''
        from fact_place, (values
          ('2026-11-02T09:00:00Z'::timestamptz, '2026-11-05T10:00:00Z'::timestamptz, null),
          ('2026-11-05T10:00:00Z', 'infinity', '2026-11-05T10:00:00Z'::timestamptz)
        ) as facts (since, until, replied_at)"""
            .formatted(FILED));
  }

  private static void request(Statement statement, CaseId id, String state, String deadline)
      throws SQLException {
    String letter = "request-" + id;
    letter(statement, id, letter, "certificate-request", AARHUS, "2026-11-02T09:00:00Z");
    statement.execute(
        "update letter set ack_code = 'ok', ack_at = '2026-11-02T09:05:00Z'"
            + " where letter_id = '%s'".formatted(letter));
    statement.execute(
        """
        insert into certificate_case (case_id, form, free_questions, requester, responder,
          request_sender, request_letter_id, state, deadline_state, deadline_rule, deadline_due,
          opened_at, updated_at, version)
        values ('%s', 'LAE125', 1, '%s', '%s', '%s', '%s', '%s', '%s', 'LAE125-14D/1',
          '2026-11-16', '2026-11-02T09:00:00Z', '2026-11-02T09:05:00Z', 2)"""
            .formatted(id, AARHUS, MIDT, AARHUS, letter, state, deadline));
  }

  private static void letter(
      Statement statement, CaseId id, String letter, String event, PartyId sender, String at)
      throws SQLException {
    statement.execute(
        """
        insert into letter (letter_id, sender, event, receiver, case_id, received_at, sha256,
          content_digest, media_type, status, version)
        values ('%s', '%s', '%s', '%s', '%s', '%s', '\\\\x01', '\\\\x01', 'FHIR_JSON',
          'ACKNOWLEDGED', 1)"""
            .formatted(letter, sender, event, sender.equals(MIDT) ? AARHUS : MIDT, id, at));
  }
}
