package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceHead;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.MerkleTree;
import dk.attestbro.port.SignatureCheck;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The checkpoints of a package: signed, following one another, and covering the entries. */
final class CheckpointCheck {
  private final ChainCheck events;
  private final SignatureCheck keys;
  private final Consumer<String> broken;
  private final Consumer<String> notes;

  private final TreeMap<Long, Read> checkpoints = new TreeMap<>();

  private record Read(Checkpoint checkpoint, Digest digest) {}

  CheckpointCheck(
      ChainCheck events, SignatureCheck keys, Consumer<String> broken, Consumer<String> notes) {
    this.events = events;
    this.keys = keys;
    this.broken = broken;
    this.notes = notes;
  }

  void check(JsonNode file) {
    int place = 0;
    for (JsonNode jws : file.path("checkpoints")) {
      place++;
      Optional<Read> read = read(jws.asText());
      if (read.isEmpty()) {
        broken.accept(name("checkpoint in place " + place) + " is not signed by the gateway's key");
      } else {
        checkpoints.put(read.get().checkpoint().number(), read.get());
      }
    }
    checkpoints.values().forEach(this::follows);
    long covered = 0;
    for (JsonNode cover : file.path("covers")) {
      covered = Math.max(covered, covers(cover));
    }
    long open = events.links().size() - covered;
    if (open > 0) {
      notes.accept(
          "the last "
              + open
              + " of "
              + events.links().size()
              + " entries are not under a checkpoint yet");
    }
  }

  private Optional<Read> read(String jws) {
    Optional<JsonNode> said = keys.payload(jws).map(VerifyEvidence::parsed);
    if (said.filter(node -> node.path("kind").asText().equals("checkpoint")).isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = said.get();
    try {
      return Optional.of(
          new Read(
              new Checkpoint(
                  node.path("number").asLong(),
                  Instant.parse(node.path("at").asText()),
                  new Digest(node.path("previous").asText()),
                  new Digest(node.path("earlier").asText()),
                  node.path("heads").asInt(),
                  new Digest(node.path("root").asText())),
              Digest.of(jws.getBytes(StandardCharsets.US_ASCII))));
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Names what is before it, is named by what is after it, and is later than what is before it. */
  private void follows(Read one) {
    long number = one.checkpoint().number();
    String place = name("checkpoint " + number);
    link(place, number - 1, one.checkpoint().previous());
    link(place, Checkpoint.earlier(number), one.checkpoint().earlier());
    Optional<Read> before =
        Optional.ofNullable(checkpoints.lowerEntry(number)).map(e -> e.getValue());
    if (before.filter(b -> one.checkpoint().at().isBefore(b.checkpoint().at())).isPresent()) {
      broken.accept(place + " is earlier than the one before it");
    }
    boolean named =
        checkpoints.tailMap(number, false).keySet().stream()
            .anyMatch(later -> later - 1 == number || Checkpoint.earlier(later) == number);
    if (!named && number != checkpoints.lastKey()) {
      broken.accept(place + " is not named by a later one");
    }
  }

  private void link(String place, long number, Digest named) {
    if (number == 0) {
      if (!named.equals(Evidence.START)) {
        broken.accept(place + " does not begin where checkpoints begin");
      }
      return;
    }
    Optional.ofNullable(checkpoints.get(number))
        .filter(found -> !found.digest().equals(named))
        .ifPresent(other -> broken.accept(place + " names another checkpoint " + number));
  }

  /** The number of the entry up to which this proves the chain; 0 where it proves nothing. */
  private long covers(JsonNode cover) {
    long sequence = cover.path("sequence").asLong();
    long number = cover.path("checkpoint").asLong();
    String place = name("the proof of entry " + sequence);
    Optional<EvidenceLink> link = events.link(sequence);
    Optional<Checkpoint> by = Optional.ofNullable(checkpoints.get(number)).map(Read::checkpoint);
    if (link.isEmpty() || by.isEmpty()) {
      broken.accept(place + " is of an entry or a checkpoint that is not there");
      return 0;
    }
    EvidenceHead head = new EvidenceHead(events.chain(), sequence, link.get().hash());
    if (!rootBy(head, cover, by.get()).equals(Optional.of(by.get().root()))) {
      broken.accept(place + " does not lead to checkpoint " + number);
      return 0;
    }
    if (link.get().entry().at().isAfter(by.get().at().plus(ChainCheck.TOLERANCE))) {
      broken.accept(place + ": the entry is later than its checkpoint " + number);
    }
    return sequence;
  }

  private static Optional<Digest> rootBy(EvidenceHead head, JsonNode cover, Checkpoint by) {
    try {
      List<Digest> proof = new ArrayList<>();
      cover.path("proof").forEach(digest -> proof.add(new Digest(digest.asText())));
      return Optional.of(
          MerkleTree.rootBy(head.leaf(), cover.path("place").asInt(-1), by.heads(), proof));
    } catch (IllegalArgumentException noSuchPlace) {
      return Optional.empty();
    }
  }

  private static String name(String what) {
    return PackageFiles.CHECKPOINTS + ": " + what;
  }
}
