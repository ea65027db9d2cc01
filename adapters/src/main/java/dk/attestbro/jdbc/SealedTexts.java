package dk.attestbro.jdbc;

import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.SealedContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The texts of acknowledgement issues at rest. A receiver writes them freely and may name a person
 * in them, so they are sealed like content; the codes beside them are not.
 */
final class SealedTexts {
  private static final String BETWEEN = "\u001e";

  private final ContentSealing sealing;

  SealedTexts(ContentSealing sealing) {
    this.sealing = sealing;
  }

  /** Whether the letter's acknowledgement has a text to seal. */
  static boolean hasText(Letter letter) {
    return letter
        .acknowledgement()
        .filter(counts -> counts.issues().stream().anyMatch(issue -> !issue.text().isEmpty()))
        .isPresent();
  }

  /** The texts of the issues, sealed for the letter; empty where there is no text. */
  Optional<byte[]> seal(LetterRef letter, List<AcknowledgementIssue> issues) {
    if (issues.stream().allMatch(issue -> issue.text().isEmpty())) {
      return Optional.empty();
    }
    String joined =
        String.join(
            BETWEEN, issues.stream().map(issue -> issue.text().replace(BETWEEN, " ")).toList());
    Payload texts = new Payload(joined.getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);
    return Optional.of(sealing.seal(letter, texts).bytes());
  }

  /** The issues again. Where their key has been destroyed, the codes outlive the texts. */
  List<AcknowledgementIssue> open(LetterRef letter, List<String> codes, Optional<byte[]> sealed) {
    List<String> texts = sealed.map(bytes -> open(letter, bytes)).orElseGet(List::of);
    List<String> perCode =
        texts.size() == codes.size() ? texts : Collections.nCopies(codes.size(), "");
    List<AcknowledgementIssue> issues = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      issues.add(new AcknowledgementIssue(codes.get(i), perCode.get(i)));
    }
    return issues;
  }

  private List<String> open(LetterRef letter, byte[] sealed) {
    try {
      byte[] joined = sealing.open(letter, new SealedContent(MediaType.FHIR_JSON, sealed)).bytes();
      return List.of(new String(joined, StandardCharsets.UTF_8).split(BETWEEN, -1));
    } catch (IllegalStateException keyGone) {
      // The letter's state must stay readable when its storage key is gone: the texts are lost,
      // as intended.
      return List.of();
    }
  }
}
