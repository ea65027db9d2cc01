package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.SignatureCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The letters of a package: what is said of each fits its signed receipt and the chain. */
final class LetterCheck {
  /** What a receipt says under the same name as the list of letters. */
  private static final List<String> IN_RECEIPT =
      List.of("letterId", "sender", "receiver", "sha256");

  private final String caseId;
  private final ChainCheck events;
  private final PackageContents contents;
  private final SignatureCheck keys;
  private final SenderCheck senders;
  private final Consumer<String> broken;
  private final Consumer<String> notes;

  LetterCheck(
      String caseId,
      ChainCheck events,
      PackageContents contents,
      SignatureCheck keys,
      SenderCheck senders,
      Consumer<String> broken,
      Consumer<String> notes) {
    this.caseId = caseId;
    this.events = events;
    this.contents = contents;
    this.keys = keys;
    this.senders = senders;
    this.broken = broken;
    this.notes = notes;
  }

  void check(JsonNode letters) {
    int number = 0;
    for (JsonNode letter : letters) {
      number++;
      String place = PackageFiles.LETTERS + ": letter " + number;
      Optional<LetterRef> ref = ref(letter);
      if (ref.isEmpty()) {
        broken.accept(place + " cannot be read");
      } else {
        check(letter, ref.get(), place);
        senders.check(number, letter, events.about(ref.get()));
      }
    }
  }

  private void check(JsonNode letter, LetterRef ref, String place) {
    List<Evidence> about = events.about(ref);
    Optional<Evidence> recorded =
        about.stream().filter(entry -> entry.code() == TimelineCode.RECORDED).findFirst();
    if (recorded.isEmpty()) {
      broken.accept(place + " was never recorded according to " + PackageFiles.EVENTS);
    }
    if (letter.path("receipt").isTextual()) {
      receipt(letter, letter.path("receipt").asText(), recorded);
    }
    String content = letter.path("content").asText();
    if (PackageFiles.isMessage(content)) {
      content(letter, content, about);
    } else if (content.equals("withheld")) {
      notes.accept(place + ": its content is held by the gateway and not in this package");
    }
    if (letter.has("acknowledgement")) {
      acknowledgement(letter.path("acknowledgement"), about, place);
    }
  }

  private void receipt(JsonNode letter, String path, Optional<Evidence> recorded) {
    Optional<JsonNode> said =
        contents.text(path).flatMap(keys::payload).map(VerifyEvidence::parsed);
    if (said.isEmpty()) {
      broken.accept(path + ": is not signed by the gateway's key");
      return;
    }
    for (String field : IN_RECEIPT) {
      if (!said.get().path(field).asText().equals(letter.path(field).asText())) {
        broken.accept(path + ": says another " + field + " than " + PackageFiles.LETTERS);
      }
    }
    if (!said.get().path("caseId").asText().equals(caseId)) {
      broken.accept(path + ": is of another case");
    }
    String receivedAt = said.get().path("receivedAt").asText();
    if (recorded.filter(entry -> !entry.at().toString().equals(receivedAt)).isPresent()) {
      broken.accept(path + ": says another time than " + PackageFiles.EVENTS);
    }
  }

  /** The bytes are those that the chain tells of, else those that the receipt was given for. */
  private void content(JsonNode letter, String path, List<Evidence> about) {
    Optional<Digest> found = contents.digest(path);
    if (found.isEmpty()) {
      broken.accept(path + ": " + contents.lack(path));
      return;
    }
    Optional<Digest> told =
        about.stream().flatMap(entry -> entry.content().stream()).reduce((first, last) -> last);
    boolean asReceived = found.get().hex().equals(letter.path("sha256").asText());
    if (told.isPresent() && !told.equals(found)) {
      broken.accept(path + ": is not the content that " + PackageFiles.EVENTS + " tells of");
    } else if (told.isEmpty() && !asReceived) {
      notes.accept(path + ": the chain does not tell of its content");
    }
  }

  private void acknowledgement(JsonNode counts, List<Evidence> about, String place) {
    Optional<TimelineCode> code =
        AcknowledgementCode.parse(counts.path("code").asText()).map(LetterCheck::timelineCode);
    String by = counts.path("sender").asText() + "/" + counts.path("letterId").asText();
    boolean told =
        about.stream()
            .anyMatch(
                entry ->
                    (code.equals(Optional.of(entry.code())) && entry.detail().equals(by))
                        || entry.code() == TimelineCode.CLOSED_BY_OPERATOR);
    if (!told) {
      broken.accept(place + ": its acknowledgement is not in " + PackageFiles.EVENTS);
    }
  }

  private static TimelineCode timelineCode(AcknowledgementCode code) {
    return switch (code) {
      case OK -> TimelineCode.ACKNOWLEDGED_OK;
      case FATAL_ERROR -> TimelineCode.ACKNOWLEDGED_FATAL_ERROR;
      case TRANSIENT_ERROR -> TimelineCode.ACKNOWLEDGED_TRANSIENT_ERROR;
    };
  }

  private static Optional<LetterRef> ref(JsonNode letter) {
    try {
      return Optional.of(
          new LetterRef(
              new PartyId(letter.path("sender").asText()),
              new LetterId(letter.path("letterId").asText())));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
