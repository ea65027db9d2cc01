package dk.attestbro.gateway.journey;

import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Records;
import dk.attestbro.port.StorageKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns the storage keys over: a new one each period, and those of the past destroyed when nothing
 * that is held needs them any more, so that old backups cannot be read either. Both stand in the
 * evidence of the keys, which also tells how old the key is that seals now.
 */
public final class TurnStorageKeys {
  /** The evidence chain of the keys. */
  static final String CHAIN = "storage-keys";

  /** So long after its successor began, no node seals with a key any more. */
  public static final Duration UNTIL_EVERY_NODE_KNOWS = Duration.ofDays(1);

  private final StorageKeys keys;
  private final HeldContents held;
  private final Drafts drafts;
  private final Records records;
  private final Duration period;
  private final Alarms alarms;
  private final Clock clock;

  /**
   * @param period how long a key seals; zero: no new key is made here
   */
  public TurnStorageKeys(
      StorageKeys keys,
      HeldContents held,
      Drafts drafts,
      Records records,
      Duration period,
      Alarms alarms,
      Clock clock) {
    this.keys = keys;
    this.held = held;
    this.drafts = drafts;
    this.records = records;
    this.period = period;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Makes and destroys what is due now; returns how many keys were destroyed. */
  public int due() {
    Instant now = clock.instant();
    List<Integer> known = keys.current();
    int sealing = known.get(0);
    Optional<Instant> since = sealsSince(sealing);
    if (since.isEmpty()) {
      // The first of all, or one whose maker stopped before it could say so: its time begins here.
      note(TimelineCode.STORAGE_KEY_MADE, sealing, now);
      return 0;
    }
    if (!period.isZero() && !since.get().plus(period).isAfter(now)) {
      int made = keys.rotate(sealing);
      note(TimelineCode.STORAGE_KEY_MADE, made, now);
      alarms.raise(TimelineCode.STORAGE_KEY_MADE, CHAIN, shown(made));
      return 0;
    }
    return since.get().plus(UNTIL_EVERY_NODE_KNOWS).isAfter(now)
        ? 0
        : destroyed(known.subList(1, known.size()), now);
  }

  private int destroyed(List<Integer> past, Instant now) {
    List<Integer> needless = past.stream().filter(key -> !isNeeded(key)).toList();
    for (int key : needless) {
      // Said first: what stops here is said and done again next turn.
      note(TimelineCode.STORAGE_KEY_DESTROYED, key, now);
      keys.destroy(key);
    }
    return needless.size();
  }

  private boolean isNeeded(int key) {
    return held.isKeyNeeded(key) || drafts.isKeyNeeded(key);
  }

  private Optional<Instant> sealsSince(int key) {
    return records.evidence(CHAIN).stream()
        .map(EvidenceLink::entry)
        .filter(entry -> entry.code() == TimelineCode.STORAGE_KEY_MADE)
        .filter(entry -> entry.detail().equals(shown(key)))
        .map(Evidence::at)
        .findFirst();
  }

  private void note(TimelineCode code, int key, Instant now) {
    Evidence said = new Evidence(CHAIN, now, code, Optional.empty(), shown(key));
    Commit noted = records.commit(new Change(List.of(new Change.AddEvidence(said))));
    if (noted != Commit.DONE) {
      throw new IllegalStateException("evidence could not be written: " + noted);
    }
  }

  private static String shown(int key) {
    return Integer.toUnsignedString(key);
  }
}
