package dk.attestbro.file;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.AnswerDocument;
import dk.attestbro.port.ChannelAnswer;
import dk.attestbro.port.FileCollection;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a sender's folder. A finished file is claimed by a rename into {@code .work}, read, taken
 * on the journey, and only then moved to {@code done} or {@code refused} with its answer beside it.
 * What a crash left in {@code .work} is taken again, by any node; the journey knows it then.
 */
public final class CollectFolder implements FileCollection {
  private static final Logger LOG = LoggerFactory.getLogger(CollectFolder.class);

  private final Folders folders;
  private final CollectSettings settings;
  private final Clock clock;
  private final Map<URI, Map<String, Seen>> seen = new ConcurrentHashMap<>();

  public CollectFolder(Folders folders, CollectSettings settings, Clock clock) {
    this.folders = folders;
    this.settings = settings;
    this.clock = clock;
  }

  /** How a file looked, and since when. */
  private record Seen(long size, Instant modified, Instant since) {
    boolean looksLike(FolderEntry entry) {
      return size == entry.size() && modified.equals(entry.modified());
    }
  }

  /** The journey's part: what it does with a message, and with one that is not even read. */
  record Journey(
      Function<Payload, ChannelAnswer> take, Function<String, ChannelAnswer.Refused> refuse) {}

  @Override
  public void once(
      URI address,
      Function<Payload, ChannelAnswer> take,
      Function<String, ChannelAnswer.Refused> refuse,
      Consumer<String> troubles) {
    try (Folder folder = folders.open(address)) {
      once(address, folder, new Journey(take, refuse), troubles);
    } catch (IOException failed) {
      troubles.accept(FolderFailed.codeOf(failed));
    }
  }

  /** What was abandoned, then what is finished. */
  void once(URI address, Folder folder, Journey journey, Consumer<String> troubles)
      throws IOException {
    folder.makePlaces();
    for (FolderEntry entry : folder.entries(Place.WORK)) {
      guarded(troubles, () -> abandoned(folder, entry, journey, troubles));
    }
    int taken = 0;
    for (FolderEntry entry : finished(address, folder, troubles)) {
      if (taken++ >= settings.perTurn()) {
        return;
      }
      guarded(troubles, () -> finished(folder, entry, journey, troubles));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void guarded(Consumer<String> troubles, Work work) {
    try {
      work.run();
    } catch (IOException failed) {
      troubles.accept(FolderFailed.codeOf(failed));
    } catch (RuntimeException unforeseen) {
      // It lies in .work and is taken again once its claim is old; the others go on meanwhile.
      LOG.warn("a file could not be taken: {}", unforeseen.getClass().getName());
      troubles.accept("INTERNAL_ERROR");
    }
  }

  /** The files that have stood still for long enough. */
  private List<FolderEntry> finished(URI address, Folder folder, Consumer<String> troubles)
      throws IOException {
    Instant now = clock.instant();
    Map<String, Seen> before = seen.getOrDefault(address, Map.of());
    Map<String, Seen> after = new HashMap<>();
    List<FolderEntry> ready = new ArrayList<>();
    for (FolderEntry entry : folder.entries(Place.FOLDER)) {
      if (isOurs(entry.name()) || FileNames.isUnfinished(entry.name())) {
        continue;
      }
      // SECURITY: a link could lead to a file that its maker may not read, and is never followed.
      if (!entry.regular()) {
        troubles.accept("NOT_A_FILE");
        continue;
      }
      Seen known =
          Optional.ofNullable(before.get(entry.name()))
              .filter(s -> s.looksLike(entry))
              .orElseGet(() -> new Seen(entry.size(), entry.modified(), now));
      after.put(entry.name(), known);
      if (!now.isBefore(known.since().plus(settings.stable()))) {
        ready.add(entry);
      }
    }
    seen.put(address, after);
    return ready;
  }

  private static boolean isOurs(String name) {
    return Arrays.stream(Place.values()).anyMatch(place -> place.subfolder().equals(name));
  }

  private void finished(
      Folder folder, FolderEntry entry, Journey journey, Consumer<String> troubles)
      throws IOException {
    if (folder.isLocked(entry.name())) {
      return;
    }
    Claim claim =
        new Claim(
            clock.instant(),
            UUID.randomUUID().toString().substring(0, 8),
            FileNames.shortened(entry.name()));
    if (folder.rename(Place.FOLDER, entry.name(), Place.WORK, claim.workName())) {
      take(folder, claim, entry.size(), journey, troubles);
    }
  }

  /** Its node may live and still be at it: only a claim that is old enough is renewed. */
  private void abandoned(
      Folder folder, FolderEntry entry, Journey journey, Consumer<String> troubles)
      throws IOException {
    Optional<Claim> claim = Claim.of(entry.name());
    if (claim.isEmpty() || !entry.regular()) {
      troubles.accept("NOT_A_FILE");
      return;
    }
    Instant now = clock.instant();
    Claim renewed = claim.get().renewed(now);
    if (!now.isBefore(claim.get().at().plus(settings.claim()))
        && folder.rename(Place.WORK, entry.name(), Place.WORK, renewed.workName())) {
      take(folder, renewed, entry.size(), journey, troubles);
    }
  }

  private void take(
      Folder folder, Claim claim, long size, Journey journey, Consumer<String> troubles)
      throws IOException {
    ChannelAnswer answer = answer(folder, claim, size, journey);
    if (answer instanceof ChannelAnswer.Taken taken) {
      finish(folder, claim, Place.DONE, taken.answer(), settings.keepTaken());
    } else if (answer instanceof ChannelAnswer.Refused refused) {
      finish(folder, claim, Place.REFUSED, Optional.of(refused.answer()), true);
    } else if (answer instanceof ChannelAnswer.Later later) {
      // It stays in .work and is taken again once the claim is old.
      troubles.accept(later.code());
    }
  }

  private ChannelAnswer answer(Folder folder, Claim claim, long size, Journey journey)
      throws IOException {
    Optional<MediaType> type = FileNames.typeOf(claim.name());
    if (type.isEmpty()) {
      return journey.refuse().apply("UNSUPPORTED_MEDIA_TYPE");
    }
    if (size > settings.mostBytes()) {
      return journey.refuse().apply(FolderFailed.TOO_LARGE);
    }
    byte[] bytes;
    try {
      bytes = folder.read(Place.WORK, claim.workName(), settings.mostBytes());
    } catch (FolderFailed failed) {
      if (failed.code().equals(FolderFailed.TOO_LARGE)) {
        return journey.refuse().apply(FolderFailed.TOO_LARGE);
      }
      throw failed;
    }
    return journey.take().apply(new Payload(bytes, type.get()));
  }

  /**
   * Leaves the answer, then moves the file beside it. In this order: what a crash leaves between
   * the two is done again, and the sender never misses an answer.
   */
  private static void finish(
      Folder folder, Claim claim, Place place, Optional<AnswerDocument> answer, boolean keep)
      throws IOException {
    String second = claim.id() + "-" + claim.name();
    for (String name : List.of(claim.name(), second)) {
      if (keep && folder.find(place, name).isPresent()) {
        continue;
      }
      if (answer.isPresent()
          && !leave(folder, place, answerName(name, place, answer.get()), answer.get())
          && !name.equals(second)) {
        continue;
      }
      if (!keep) {
        folder.delete(Place.WORK, claim.workName());
        return;
      }
      if (folder.rename(Place.WORK, claim.workName(), place, name)
          || folder.find(Place.WORK, claim.workName()).isEmpty()) {
        return;
      }
    }
    throw new FolderFailed(FolderFailed.FOLDER_FAILED);
  }

  private static String answerName(String name, Place place, AnswerDocument answer) {
    if (place == Place.REFUSED) {
      return name + ".refusal.json";
    }
    return name
        + switch (answer.kind()) {
          case RECEIPT -> ".receipt.json";
          case ACKNOWLEDGEMENT -> ".acknowledgement.json";
          case OUTCOME -> ".outcome.json";
        };
  }

  /** False where other bytes bear the name already. */
  private static boolean leave(Folder folder, Place place, String name, AnswerDocument answer)
      throws IOException {
    Optional<FolderEntry> there = folder.find(place, name);
    if (there.isPresent()) {
      return there.get().regular()
          && there.get().size() == answer.json().length
          && Arrays.equals(folder.read(place, name, answer.json().length), answer.json());
    }
    String temporary = FileNames.temporary();
    folder.create(place, temporary, answer.json());
    if (folder.rename(place, temporary, place, name)) {
      return true;
    }
    folder.delete(place, temporary);
    return false;
  }
}
