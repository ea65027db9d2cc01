package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.samples.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Duration LEASE = Duration.ofMillis(60);

  private final SettableClock clock = new SettableClock(NOW);
  private final MemoryRecords records = new MemoryRecords();

  @Test
  void renewsAClaimUntilItsDeliveryIsOver() {
    OutboxRow ended = claimed();
    OutboxRow running = claimed();
    try (LeaseKeeper keeper = new LeaseKeeper(records, LEASE, clock)) {
      LeaseKeeper.Lease lease = keeper.keep(ended);
      try (LeaseKeeper.Lease kept = keeper.keep(running)) {
        awaitRenewed(running);
        awaitRenewed(ended);
        lease.close();
        // Twice: a turn that had begun before has ended then.
        awaitRenewed(running);
        awaitRenewed(running);
        Instant last = dueAt(ended);
        awaitRenewed(running);
        assertThat(dueAt(ended)).isEqualTo(last);
      }
    }
  }

  private void awaitRenewed(OutboxRow claim) {
    clock.pass(Duration.ofMinutes(1));
    await().until(() -> dueAt(claim).equals(clock.instant().plus(LEASE)));
  }

  private Instant dueAt(OutboxRow row) {
    return records.row(row.letter()).orElseThrow().dueAt();
  }

  private OutboxRow claimed() {
    OutboxRow row =
        OutboxRow.first(
            new LetterRef(new PartyId("employment-aarhus"), LetterId.random()),
            new PartyId("psychiatry-midt"),
            BundleId.random(),
            NOW,
            Duration.ofDays(1));
    OutboxRow claim = row.claimed(NOW.plus(LEASE));
    assertThat(records.commit(new Change(List.of(new Change.AddRow(row))))).isEqualTo(Commit.DONE);
    assertThat(records.commit(new Change(List.of(new Change.UpdateRow(claim)))))
        .isEqualTo(Commit.DONE);
    return claim.stored();
  }
}
