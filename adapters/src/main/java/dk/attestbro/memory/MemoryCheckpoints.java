package dk.attestbro.memory;

import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceHead;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.port.EvidenceCheckpoints.Cover;
import dk.attestbro.port.EvidenceCheckpoints.Signed;
import dk.attestbro.port.EvidenceCheckpoints.Uncovered;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The checkpoints of {@link MemoryRecords}, which guards every call. */
final class MemoryCheckpoints {
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Signed> made = new ArrayList<>();
  private final Map<String, List<Cover>> covers = new TreeMap<>();
  private Instant newestPeriod = Instant.MIN;

  private record Waiting(EvidenceHead head, Instant since) {}

  void add(Evidence entry, EvidenceLink link, Deque<Runnable> undo) {
    Waiting added =
        new Waiting(new EvidenceHead(entry.chain(), link.sequence(), link.hash()), entry.at());
    waiting.add(added);
    undo.push(() -> waiting.remove(added));
  }

  boolean cover(Instant period, int most, Function<Uncovered, String> signing) {
    if (waiting.isEmpty() || !period.isAfter(newestPeriod)) {
      return false;
    }
    List<Waiting> taken = List.copyOf(waiting.subList(0, Math.min(most, waiting.size())));
    Map<String, EvidenceHead> heads = new TreeMap<>();
    taken.forEach(one -> heads.put(one.head().chain(), one.head()));
    long number = made.size() + 1L;
    Uncovered next =
        new Uncovered(
            number,
            digest(number - 1),
            digest(Checkpoint.earlier(number)),
            List.copyOf(heads.values()));
    made.add(
        new Signed(
            number, signing.apply(next), next.heads().stream().map(EvidenceHead::leaf).toList()));
    for (int place = 0; place < next.heads().size(); place++) {
      EvidenceHead head = next.heads().get(place);
      covers
          .computeIfAbsent(head.chain(), any -> new ArrayList<>())
          .add(new Cover(head.sequence(), number, place));
    }
    waiting.removeAll(taken);
    newestPeriod = period;
    return true;
  }

  private Digest digest(long number) {
    return number == 0
        ? Evidence.START
        : Digest.of(made.get((int) number - 1).jws().getBytes(StandardCharsets.US_ASCII));
  }

  Optional<Instant> uncoveredSince() {
    return waiting.stream().map(Waiting::since).min(Instant::compareTo);
  }

  List<Cover> covers(String chain) {
    return List.copyOf(covers.getOrDefault(chain, List.of()));
  }

  Optional<Signed> checkpoint(long number) {
    return number < 1 || number > made.size()
        ? Optional.empty()
        : Optional.of(made.get((int) number - 1));
  }
}
