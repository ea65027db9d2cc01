package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.SYD;
import static dk.attestbro.port.RecordSamples.letter;
import static dk.attestbro.port.RecordSamples.ref;
import static dk.attestbro.port.RecordSamples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every kind of {@link Outbox} keeps. Empty records before each test. */
public abstract class OutboxContract {
  protected abstract Records records();

  protected abstract Outbox outbox();

  @Test
  void givesRowsThatAreDueOldestFirst() {
    OutboxRow second = added(row(ref(), MIDT, NOW.minusSeconds(1)));
    OutboxRow first = added(row(ref(), SYD, NOW.minusSeconds(2)));
    OutboxRow third = added(row(ref(), MIDT, NOW));
    added(row(ref(), MIDT, NOW.plusSeconds(1)));
    assertThat(outbox().due(NOW, Outbox.Window.of(10), 10)).containsExactly(first, second, third);
    assertThat(outbox().due(NOW, Outbox.Window.of(10), 2)).containsExactly(first, second);
  }

  @Test
  void givesARowAgainWhenItsLeaseEnds() {
    OutboxRow handedOver = updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), false);
    OutboxRow claimed = updated(row(ref(), SYD, NOW), NOW.plusSeconds(40), true);
    assertThat(outbox().due(NOW.plusSeconds(29), Outbox.Window.of(10), 10)).isEmpty();
    assertThat(outbox().due(NOW.plusSeconds(30), Outbox.Window.of(10), 10))
        .containsExactly(handedOver);
    assertThat(outbox().due(NOW.plusSeconds(40), Outbox.Window.of(10), 10))
        .containsExactly(handedOver, claimed);
  }

  @Test
  void countsWhatIsUnderWayIntoTheWindowOfAParty() {
    updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), false);
    updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), true);
    for (int i = 0; i < 5; i++) {
      added(row(ref(), MIDT, NOW.minusSeconds(i)));
    }
    OutboxRow other = added(row(ref(), SYD, NOW));
    assertThat(outbox().due(NOW, Outbox.Window.of(4), 10))
        .hasSize(3)
        .contains(other)
        .filteredOn(row -> row.receiver().equals(MIDT))
        .extracting(OutboxRow::dueAt)
        .containsExactly(NOW.minusSeconds(4), NOW.minusSeconds(3));
    assertThat(outbox().due(NOW, Outbox.Window.of(2), 10)).containsExactly(other);
    assertThat(outbox().due(NOW, Outbox.Window.of(1), 10)).containsExactly(other);
  }

  @Test
  void holdsBackTheRowsOfAPausedParty() {
    OutboxRow waiting = added(row(ref(), MIDT, NOW));
    OutboxRow other = added(row(ref(), SYD, NOW));
    commit(new Change.SetPaused(MIDT, true));
    commit(new Change.SetPaused(MIDT, true));
    assertThat(outbox().paused()).containsExactly(MIDT);
    assertThat(outbox().due(NOW, Outbox.Window.of(10), 10)).containsExactly(other);
    commit(new Change.SetPaused(MIDT, false));
    assertThat(outbox().paused()).isEmpty();
    assertThat(outbox().due(NOW, Outbox.Window.of(10), 10)).contains(waiting, other);
  }

  @Test
  void tellsOfARowItsLetterAndWhetherItsPartyIsPaused() {
    OutboxRow row = added(row(ref(), MIDT, NOW));
    commit(new Change.AddLetter(letter(row.letter())));
    Letter letter = records().letter(row.letter()).orElseThrow();
    assertThat(outbox().standing(row.letter())).contains(new Outbox.Standing(row, letter, false));
    commit(new Change.SetPaused(MIDT, true));
    assertThat(outbox().standing(row.letter())).contains(new Outbox.Standing(row, letter, true));
    assertThat(outbox().standing(ref())).isEmpty();
  }

  @Test
  void givesNoRowWhoseTimeToLiveIsOver() {
    OutboxRow row = added(row(ref(), MIDT, NOW));
    assertThat(outbox().due(row.expiresAt().minusSeconds(1), Outbox.Window.of(10), 10))
        .containsExactly(row);
    assertThat(outbox().due(row.expiresAt(), Outbox.Window.of(10), 10)).isEmpty();
    assertThat(outbox().ended(row.expiresAt(), 10)).containsExactly(row);
  }

  @Test
  void endsTheWaitForAnAcknowledgementWhenItIsDue() {
    OutboxRow row = added(row(ref(), MIDT, NOW));
    OutboxRow awaiting = row.awaiting(NOW.plusSeconds(1800));
    commit(new Change.UpdateRow(awaiting));
    assertThat(outbox().ended(NOW.plusSeconds(1799), 10)).isEmpty();
    assertThat(outbox().ended(NOW.plusSeconds(1800), 10)).containsExactly(awaiting.stored());
    assertThat(outbox().due(NOW.plusSeconds(1800), Outbox.Window.of(10), 10)).isEmpty();
  }

  @Test
  void endsARowPastItsTimeToLiveOnlyWhenNoLeaseRuns() {
    OutboxRow row = added(row(ref(), MIDT, NOW));
    Instant end = row.expiresAt();
    OutboxRow claimed = row.claimed(end.plusSeconds(10));
    commit(new Change.UpdateRow(claimed));
    assertThat(outbox().ended(end.plusSeconds(9), 10)).isEmpty();
    assertThat(outbox().ended(end.plusSeconds(10), 10)).containsExactly(claimed.stored());
  }

  @Test
  void endsAnAwaitingRowPastItsTimeToLiveOnce() {
    OutboxRow row = added(row(ref(), MIDT, NOW));
    commit(new Change.UpdateRow(row.awaiting(row.expiresAt())));
    assertThat(outbox().ended(row.expiresAt(), 10)).hasSize(1);
    OutboxRow longer = added(row(ref(), MIDT, NOW));
    commit(new Change.UpdateRow(longer.awaiting(longer.expiresAt().plusSeconds(99))));
    assertThat(outbox().ended(row.expiresAt(), 10)).hasSize(2);
    assertThat(outbox().ended(row.expiresAt(), 1)).hasSize(1);
  }

  @Test
  void lengthensTheLeaseOfAClaimThatIsStillOurs() {
    OutboxRow claimed = updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), true);
    LetterRef letter = claimed.letter();
    assertThat(outbox().extendLease(letter, claimed.version() - 1, NOW.plusSeconds(90))).isFalse();
    assertThat(outbox().extendLease(letter, claimed.version(), NOW.plusSeconds(60))).isTrue();
    assertThat(outbox().due(NOW.plusSeconds(59), Outbox.Window.of(10), 10)).isEmpty();
    assertThat(outbox().due(NOW.plusSeconds(60), Outbox.Window.of(10), 10)).hasSize(1);
    assertThat(records().row(letter).orElseThrow().version()).isEqualTo(claimed.version());
  }

  @Test
  void lengthensNoLeaseOfARowThatIsNotClaimed() {
    OutboxRow row = added(row(ref(), MIDT, NOW));
    assertThat(outbox().extendLease(row.letter(), row.version(), NOW.plusSeconds(60))).isFalse();
    assertThat(outbox().extendLease(ref(), 1, NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void showsHowAPartysQueueStands() {
    Letter oldest = letter(ref(), Optional.empty(), NOW.minusSeconds(99), LetterStatus.QUEUED);
    commit(new Change.AddLetter(oldest), new Change.AddRow(row(oldest.ref(), MIDT, NOW)));
    updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), true);
    updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), false);
    failing(MIDT, NOW.minusSeconds(5), "CONNECTION_FAILED");
    failing(MIDT, NOW.minusSeconds(4), "HTTP_503");
    failing(MIDT, NOW.minusSeconds(6), "TLS_FAILED");
    OutboxRow awaiting = added(row(ref(), MIDT, NOW));
    commit(new Change.UpdateRow(awaiting.awaiting(NOW.plusSeconds(1800))));
    commit(new Change.SetPaused(SYD, true));

    assertThat(outbox().figures(NOW))
        .containsExactlyInAnyOrder(
            new QueueFigures(
                MIDT,
                6,
                Optional.of(NOW.minusSeconds(99)),
                1,
                3,
                1,
                false,
                Optional.of("HTTP_503")),
            new QueueFigures(SYD, 0, Optional.empty(), 0, 0, 0, true, Optional.empty()));
  }

  @Test
  void givesOneRowOrNoneOfAPartyWhoseWindowIsNarrowed() {
    OutboxRow probe = added(row(ref(), MIDT, NOW.minusSeconds(2)));
    added(row(ref(), MIDT, NOW.minusSeconds(1)));
    OutboxRow other = added(row(ref(), SYD, NOW));
    Set<PartyId> midt = Set.of(MIDT);
    assertThat(outbox().due(NOW, new Outbox.Window(10, midt, Set.of()), 10))
        .containsExactly(probe, other);
    assertThat(outbox().due(NOW, new Outbox.Window(10, Set.of(), midt), 10)).containsExactly(other);
    updated(row(ref(), MIDT, NOW), NOW.plusSeconds(30), false);
    assertThat(outbox().due(NOW, new Outbox.Window(10, midt, Set.of()), 10)).containsExactly(other);
  }

  @Test
  void doesNotCallRowsStuckThatAreHeld() {
    added(row(ref(), MIDT, NOW.minusSeconds(61)));
    assertThat(outbox().stuck(NOW.minusSeconds(60), Set.of(MIDT, SYD), 10)).isEmpty();
  }

  @Test
  void findsOpenLettersThatNothingWillMove() {
    Letter forgotten = letter(ref(), Optional.empty(), NOW, LetterStatus.QUEUED);
    Letter ended = letter(ref(), Optional.empty(), NOW, LetterStatus.ACKNOWLEDGED);
    Letter fine = letter(ref(), Optional.empty(), NOW, LetterStatus.SENT);
    commit(
        new Change.AddLetter(forgotten),
        new Change.AddLetter(ended),
        new Change.AddLetter(fine),
        new Change.AddLetter(sentAcknowledgement()),
        new Change.AddRow(row(fine.ref(), MIDT, NOW)));
    assertThat(outbox().stuck(NOW.minusSeconds(60), Set.of(), 10)).containsExactly(forgotten.ref());
  }

  @Test
  void findsRowsThatAreLongOverdueUnlessTheirPartyIsPaused() {
    OutboxRow overdue = added(row(ref(), MIDT, NOW.minusSeconds(61)));
    added(row(ref(), MIDT, NOW.minusSeconds(59)));
    added(row(ref(), SYD, NOW.minusSeconds(61)));
    commit(new Change.SetPaused(SYD, true));
    assertThat(outbox().stuck(NOW.minusSeconds(60), Set.of(), 10))
        .containsExactly(overdue.letter());
  }

  private static Letter sentAcknowledgement() {
    return new Letter(
        ref(),
        Optional.empty(),
        EventCode.ACKNOWLEDGEMENT.code(),
        Optional.of(MIDT),
        Optional.empty(),
        NOW,
        RecordSamples.digest("a"),
        RecordSamples.digest("b"),
        MediaType.FHIR_JSON,
        LetterStatus.SENT,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.of(ref()),
        Optional.empty(),
        1);
  }

  private void failing(PartyId party, Instant at, String reason) {
    OutboxRow row = added(row(ref(), party, NOW));
    commit(
        new Change.UpdateRow(row.toRetry(NOW.plusSeconds(60), reason, false)),
        new Change.AddTransmission(
            new Transmission(
                row.letter(),
                row.bundleId(),
                1,
                at,
                Transmission.Outcome.TRANSIENT_FAILURE,
                reason,
                Optional.of(NOW.plusSeconds(60)))));
  }

  private OutboxRow added(OutboxRow row) {
    assertThat(commit(new Change.AddRow(row))).isEqualTo(Commit.DONE);
    return row;
  }

  private OutboxRow updated(OutboxRow row, Instant leaseUntil, boolean claim) {
    added(row);
    OutboxRow next = claim ? row.claimed(leaseUntil) : row.handedOver(leaseUntil);
    assertThat(commit(new Change.UpdateRow(next))).isEqualTo(Commit.DONE);
    return next.stored();
  }

  private Commit commit(Change.Write... writes) {
    return records().commit(new Change(List.of(writes)));
  }
}
