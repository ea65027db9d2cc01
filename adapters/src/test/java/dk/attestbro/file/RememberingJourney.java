package dk.attestbro.file;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Payload;
import dk.attestbro.port.AnswerDocument;
import dk.attestbro.port.ChannelAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A journey that records each content once, and answers what it knows as it did before. Content
 * that says so is refused, or makes it fail.
 */
final class RememberingJourney implements Function<Payload, ChannelAnswer> {
  /** What was recorded, in order. */
  final List<String> recorded = new ArrayList<>();

  private final Set<Digest> known = new TreeSet<>((a, b) -> a.hex().compareTo(b.hex()));

  boolean isDown;

  @Override
  public ChannelAnswer apply(Payload payload) {
    String text = new String(payload.bytes(), StandardCharsets.UTF_8);
    if (isDown) {
      return new ChannelAnswer.Later("CANNOT_RECORD");
    }
    if (text.startsWith("fail")) {
      throw new IllegalStateException("nobody foresaw this");
    }
    if (text.startsWith("refuse")) {
      return refused("NOT_FHIR");
    }
    if (known.add(payload.sha256())) {
      recorded.add(text);
    }
    return new ChannelAnswer.Taken(
        Optional.of(
            new AnswerDocument(
                AnswerDocument.Kind.RECEIPT,
                payload.sha256().hex().getBytes(StandardCharsets.UTF_8))));
  }

  static ChannelAnswer.Refused refused(String code) {
    return new ChannelAnswer.Refused(
        code,
        new AnswerDocument(AnswerDocument.Kind.OUTCOME, code.getBytes(StandardCharsets.UTF_8)));
  }
}
