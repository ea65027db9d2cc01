package dk.attestbro.memory;

import dk.attestbro.model.PartyId;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.SealedContent;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The drafts in memory. Thread-safe. */
public final class MemoryDrafts implements Drafts {
  private final Map<UUID, Row> rows = new HashMap<>();

  private record Row(KeptDraft draft, SealedContent content) {}

  @Override
  public synchronized boolean add(KeptDraft draft, SealedContent content, int most) {
    return count(draft.subject().party()) < most
        && rows.putIfAbsent(draft.id(), new Row(draft, content)) == null;
  }

  @Override
  public synchronized boolean replace(KeptDraft draft, SealedContent content) {
    boolean isNext =
        find(draft.subject().party(), draft.id())
            .filter(known -> known.version() == draft.version() - 1)
            .isPresent();
    if (isNext) {
      rows.put(draft.id(), new Row(draft, content));
    }
    return isNext;
  }

  @Override
  public synchronized Optional<KeptDraft> find(PartyId party, UUID id) {
    return ofParty(party).filter(draft -> draft.id().equals(id)).findFirst();
  }

  @Override
  public synchronized Optional<SealedContent> content(KeptDraft draft) {
    return Optional.ofNullable(rows.get(draft.id()))
        .filter(row -> row.draft().equals(draft))
        .map(Row::content);
  }

  @Override
  public synchronized List<KeptDraft> of(PartyId party, int skipped, int limit) {
    return ofParty(party)
        .sorted(
            Comparator.comparing(KeptDraft::savedAt)
                .reversed()
                .thenComparing(draft -> draft.id().toString()))
        .skip(skipped)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int count(PartyId party) {
    return (int) ofParty(party).count();
  }

  private Stream<KeptDraft> ofParty(PartyId party) {
    return rows.values().stream()
        .map(Row::draft)
        .filter(draft -> draft.subject().party().equals(party));
  }

  @Override
  public synchronized boolean delete(PartyId party, UUID id, int version) {
    boolean known = find(party, id).filter(draft -> draft.version() == version).isPresent();
    if (known) {
      rows.remove(id);
    }
    return known;
  }

  @Override
  public synchronized int deleteSavedBefore(Instant time) {
    int before = rows.size();
    rows.values().removeIf(row -> row.draft().savedAt().isBefore(time));
    return before - rows.size();
  }

  @Override
  public synchronized boolean isKeyNeeded(int keyId) {
    return rows.values().stream().anyMatch(row -> row.content().keyId() == keyId);
  }
}
