package dk.attestbro.memory;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.LetterRef;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The requests for break-glass access, guarded by the records that it is part of. */
final class MemoryBreakGlass implements BreakGlassRequests {
  private static final Comparator<BreakGlassRequest> BY_TIME =
      Comparator.comparing(BreakGlassRequest::askedAt)
          .thenComparing(request -> request.id().toString());

  private final Map<UUID, BreakGlassRequest> requests = new HashMap<>();

  Commit ask(BreakGlassRequest request, Deque<Runnable> undo) {
    if (requests.putIfAbsent(request.id(), request) != null) {
      return Commit.STALE;
    }
    undo.push(() -> requests.remove(request.id()));
    return Commit.DONE;
  }

  Commit grant(Change.GrantBreakGlass grant, Deque<Runnable> undo) {
    Optional<BreakGlassRequest> waiting = find(grant.id()).filter(known -> known.grant().isEmpty());
    if (waiting.isEmpty()) {
      return Commit.STALE;
    }
    requests.put(grant.id(), waiting.get().granted(grant.grant()));
    undo.push(() -> requests.put(grant.id(), waiting.get()));
    return Commit.DONE;
  }

  Commit end(BreakGlassRequest request, Deque<Runnable> undo) {
    Optional<BreakGlassRequest> asSeen =
        find(request.id())
            .filter(known -> known.grant().isPresent() == request.grant().isPresent());
    if (asSeen.isEmpty()) {
      return Commit.STALE;
    }
    requests.remove(request.id());
    undo.push(() -> requests.put(request.id(), asSeen.get()));
    return Commit.DONE;
  }

  @Override
  public Optional<BreakGlassRequest> find(UUID id) {
    return Optional.ofNullable(requests.get(id));
  }

  @Override
  public Optional<BreakGlassRequest> live(LetterRef letter, String askedBy, Instant now) {
    return those(request -> request.isLive(now))
        .filter(request -> request.letter().equals(letter))
        .filter(request -> request.askedBy().equals(askedBy))
        .max(BY_TIME);
  }

  @Override
  public List<BreakGlassRequest> live(Instant now, int skipped, int limit) {
    return those(request -> request.isLive(now)).skip(skipped).limit(limit).toList();
  }

  @Override
  public List<BreakGlassRequest> over(Instant now, int limit) {
    return those(request -> !request.isLive(now)).limit(limit).toList();
  }

  private Stream<BreakGlassRequest> those(Predicate<BreakGlassRequest> wanted) {
    return requests.values().stream().filter(wanted).sorted(BY_TIME);
  }
}
