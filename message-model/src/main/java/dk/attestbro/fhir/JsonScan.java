package dk.attestbro.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Walks the tokens of a JSON message once, holding none of them: counts depth and elements, refuses
 * broken JSON and duplicate keys, and notes where the base64 values lie.
 */
final class JsonScan {
  /** Longer names and numbers than these are no FHIR. */
  private static final int MAX_NAME = 1_000;

  private final byte[] bytes;
  private final ReadingLimits limits;

  JsonScan(byte[] bytes, ReadingLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  List<Base64Span> attachments() {
    List<Base64Span> found = new ArrayList<>();
    try (JsonParser parser = factory().createParser(bytes)) {
      Deque<String> within = new ArrayDeque<>();
      int elements = 0;
      String name = "";
      while (true) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          break;
        }
        switch (token) {
          case FIELD_NAME -> name = parser.currentName();
          case START_OBJECT, START_ARRAY -> {
            elements++;
            within.push(name);
            if (within.size() > limits.maxDepth()) {
              throw new MessageRefused(RefusalReason.TOO_COMPLEX);
            }
          }
          case END_OBJECT, END_ARRAY -> name = within.pop();
          default -> {
            elements++;
            if (token == JsonToken.VALUE_STRING && isAttachment(name, within.peek(), parser)) {
              int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
              int end = closingQuote(start);
              if (end > start) {
                found.add(Base64Span.of(bytes, start, end, true));
              }
            }
          }
        }
        if (elements > limits.maxElements()) {
          throw new MessageRefused(RefusalReason.TOO_COMPLEX);
        }
      }
      if (elements == 0) {
        throw new MessageRefused(RefusalReason.NOT_READABLE);
      }
      return found;
    } catch (StreamConstraintsException tooMuch) {
      throw new MessageRefused(RefusalReason.TOO_COMPLEX);
    } catch (IOException broken) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
  }

  /** {@code data} is base64 everywhere in R4 but in SampledData. */
  private static boolean isAttachment(String name, String parent, JsonParser parser) {
    return name.equals("data")
        && parser.getParsingContext().inObject()
        && (parent == null || !parent.endsWith("SampledData"));
  }

  private int closingQuote(int start) {
    int at = start;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, bytes.length);
  }

  private JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxStringLength(limits.maxBytes())
                .maxNameLength(MAX_NAME)
                .maxNumberLength(MAX_NAME)
                .build())
        .build();
  }
}
