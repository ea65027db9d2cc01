package dk.attestbro.jdbc;

import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.port.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The queries that run all the time stay quick with many old letters and a long outbox. {@code
 * -Drecords.letters=1000000} makes it as large as promised; the default keeps the build short.
 */
class JdbcRecordsAtSizeIT {
  private static final int LETTERS = Integer.getInteger("records.letters", 100_000);
  private static final Duration QUICK = Duration.ofMillis(250);

  private static TestDatabase database;
  private static JdbcRecords jdbc;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create();
    jdbc = database.records();
    database.execute(
        """
        insert into letter (letter_id, sender, event, receiver, received_at, sha256,
          content_digest, media_type, status, version)
        select gen_random_uuid()::text, 'employment-aarhus', 'certificate-request',
          'psychiatry-midt', timestamptz '2026-11-22 10:00Z' - n * interval '1 second',
          sha256(n::text::bytea), sha256(n::text::bytea), 'FHIR_JSON', 'ACKNOWLEDGED', 4
        from generate_series(1, %d) n"""
            .formatted(LETTERS));
    database.execute(
        """
        insert into outbox (letter_id, sender, receiver, bundle_id, phase, attempts, resends,
          perhaps_delivered, due_at, expires_at, version, recorded_at)
        select gen_random_uuid()::text, 'employment-aarhus',
          case when n % 10 = 0 then 'party-' || n % 100 else 'psychiatry-midt' end,
          gen_random_uuid()::text, case when n % 3 = 0 then 'AWAITING' else 'TO_SEND' end, 0, 0,
          false, timestamptz '2026-11-22 10:00Z' + (n - 25000) * interval '1 second',
          timestamptz '2026-11-30 10:00Z', 1, timestamptz '2026-11-22 10:00Z'
        from generate_series(1, 50000) n""");
    database.execute("analyze");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void findsWhatIsDue() {
    assertThat(median(() -> assertThat(jdbc.due(NOW, Outbox.Window.of(4), 100)).hasSize(11 * 4)))
        .isLessThan(QUICK);
  }

  @Test
  void findsWhatIsOver() {
    assertThat(median(() -> assertThat(jdbc.ended(NOW, 100)).hasSize(100))).isLessThan(QUICK);
  }

  @Test
  void findsWhatIsStuck() {
    assertThat(
            median(
                () -> assertThat(jdbc.stuck(NOW.minusSeconds(24_998), Set.of(), 100)).hasSize(2)))
        .isLessThan(QUICK);
  }

  @Test
  void tellsHowTheQueuesStand() {
    assertThat(median(() -> assertThat(jdbc.figures(NOW)).hasSize(11)))
        .isLessThan(QUICK.multipliedBy(5));
  }

  private static Duration median(Runnable query) {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      long start = System.nanoTime();
      query.run();
      times.add(Duration.ofNanos(System.nanoTime() - start));
    }
    Collections.sort(times);
    return times.get(10);
  }
}
