package dk.attestbro.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.api.LetterFilters;
import dk.attestbro.gateway.desk.DeadInBulk.Outcome;
import dk.attestbro.memory.MemoryOperations;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Change;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.RecordSamples;
import dk.attestbro.samples.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadInBulkTest {
  private static final int PAGE = 10;
  private static final int DEAD = 3 * PAGE + 5;

  private final MemoryRecords records = new MemoryRecords();
  private final SettableClock clock = new SettableClock(RecordSamples.NOW);
  private final DeadInBulk bulk = new DeadInBulk(new MemoryOperations(records), clock);
  private final List<LetterRef> taken = new ArrayList<>();

  private static LetterQuery query(Map<String, String> filters) {
    return LetterFilters.deadLetters(filters, PAGE);
  }

  private void deadLetters() {
    for (int i = 0; i < DEAD; i++) {
      LetterRef ref = new LetterRef(RecordSamples.AARHUS, new LetterId("dead-" + i));
      records.commit(
          new Change(
              List.of(
                  new Change.AddLetter(
                      RecordSamples.letter(
                          ref,
                          Optional.empty(),
                          RecordSamples.NOW.plusSeconds(i),
                          LetterStatus.DEAD)))));
    }
  }

  private Optional<Refusal> done(LetterRef letter) {
    taken.add(letter);
    clock.pass(Duration.ofSeconds(1));
    return Optional.empty();
  }

  @Test
  void goesThroughAllThatAreFoundPageByPageThoughSomeAreRefused() {
    deadLetters();
    Outcome outcome =
        bulk.onAllFound(
            query(Map.of()),
            letter -> {
              taken.add(letter);
              return taken.size() % 2 == 0
                  ? Optional.of(Refusal.of(RefusalReason.CONTENT_DELETED))
                  : Optional.empty();
            });
    assertThat(taken).hasSize(DEAD).doesNotHaveDuplicates();
    assertThat(outcome.done()).isEqualTo(DEAD / 2 + 1);
    assertThat(outcome.refused())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.why()).isEqualTo(Refusal.of(RefusalReason.CONTENT_DELETED));
              assertThat(left.letters()).hasSizeBetween(1, 10);
            });
    assertThat(outcome.rest()).isEmpty();
  }

  @Test
  void stopsInTimeAndGoesOnBehindWhatItTook() {
    deadLetters();
    Outcome first = bulk.onAllFound(query(Map.of()), this::done);
    assertThat(first.done()).isEqualTo((int) DeadInBulk.LONGEST.toSeconds());
    Outcome second =
        bulk.onAllFound(query(Map.of("after", first.rest().orElseThrow())), this::done);
    assertThat(second.done()).isEqualTo(DEAD - first.done());
    assertThat(second.rest()).isEmpty();
    assertThat(new HashSet<>(taken)).hasSize(DEAD);
  }

  @Test
  void doesNothingWhereNothingIsFound() {
    assertThat(bulk.onAllFound(query(Map.of()), this::done))
        .isEqualTo(new Outcome(0, List.of(), Optional.empty()));
  }
}
