package dk.attestbro.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.memory.MemoryOperations;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.Circuit;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Change;
import dk.attestbro.port.RecordSamples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What needs a person first. */
final class TakeOverviewTest {
  private static final Instant NOW = RecordSamples.NOW;
  private static final PartyId MIDT = SampleDirectory.MIDT.id();
  private static final PartyId SYD = SampleDirectory.SYD.id();
  private static final Circuit OPEN =
      new Circuit(5, 0, Optional.of(NOW.plusSeconds(30)), false, Optional.of("TIMEOUT"));

  private final MemoryRecords records = new MemoryRecords();

  @Test
  void nothingNeedsAPersonWhereAllIsWell() {
    assertThat(needs(Map.of(), 0)).isEmpty();
  }

  @Test
  void anOpenCircuitNeedsOneAlsoWhileItIsProbed() {
    Circuit probed = OPEN.begun();

    assertThat(needs(Map.of(SYD, OPEN, MIDT, probed), 0))
        .containsExactly(
            new Need(Need.Kind.CIRCUIT_OPEN, MIDT.value(), 0),
            new Need(Need.Kind.CIRCUIT_OPEN, SYD.value(), 0));
  }

  @Test
  void anOpenCircuitSaysHowManyLettersWaitBehindIt() {
    waiting(SYD);

    assertThat(needs(Map.of(SYD, OPEN), 0))
        .containsExactly(new Need(Need.Kind.CIRCUIT_OPEN, SYD.value(), 1));
  }

  @Test
  void whatIsPausedIsNotTriedSoItsCircuitTellsNothing() {
    waiting(SYD);
    commit(new Change.SetPaused(SYD, true));

    assertThat(needs(Map.of(SYD, OPEN), 0))
        .containsExactly(new Need(Need.Kind.QUEUE_PAUSED, SYD.value(), 1));
  }

  @Test
  void whoAsksForBreakGlassAccessNeedsALeadBeforeAnyQueue() {
    assertThat(needs(Map.of(SYD, OPEN), 2))
        .extracting(Need::kind, Need::count)
        .containsExactly(tuple(Need.Kind.BREAK_GLASS_ASKED, 2L), tuple(Need.Kind.CIRCUIT_OPEN, 0L));
  }

  private void waiting(PartyId receiver) {
    LetterRef letter = RecordSamples.ref();
    commit(
        new Change.AddLetter(RecordSamples.letter(letter)),
        new Change.AddRow(RecordSamples.row(letter, receiver, NOW)));
  }

  private void commit(Change.Write... writes) {
    records.commit(new Change(List.of(writes)));
  }

  private List<Need> needs(Map<PartyId, Circuit> circuits, long breakGlass) {
    return new TakeOverview(
            new MemoryOperations(records),
            records,
            records,
            records,
            SampleDirectory::directory,
            () -> new Surroundings(List.of(), 50, 100, 0),
            List::of,
            party -> circuits.getOrDefault(party, Circuit.CLOSED),
            () -> breakGlass,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .overview()
        .needs();
  }
}
