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
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks the tokens of a JSON message once, holding none of them: counts depth and elements, refuses
 * broken JSON and duplicate keys, and notes where the base64 values, the narratives and the entries
 * lie.
 */
final class JsonScan {
  /** Longer names and numbers than these are no FHIR. */
  private static final int MAX_NAME = 1_000;

  private static final int DEPTH_OF_CONTAINED = 6;
  private static final List<String> OF_ENTRY = List.of("entry", "entry", "");
  private static final List<String> OF_RESOURCE = List.of("text", "resource", "entry", "entry", "");
  private static final List<String> OF_CONTAINED =
      List.of("text", "contained", "contained", "resource", "entry", "entry", "");

  private final byte[] bytes;
  private final ReadingLimits limits;
  private int entry = -1;
  private int entryStart;
  private int contained = -1;

  JsonScan(byte[] bytes, ReadingLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  Scanned scan() {
    Scanned found = new Scanned();
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
            if (token == JsonToken.START_OBJECT) {
              entered(within, parser);
            }
            if (within.size() > limits.maxDepth()) {
              throw new MessageRefused(RefusalReason.TOO_COMPLEX);
            }
          }
          case END_OBJECT, END_ARRAY -> {
            if (token == JsonToken.END_OBJECT && isEntry(within)) {
              int end = (int) parser.currentLocation().getByteOffset();
              found.entries().add(new EntrySpan(entryStart, end));
            }
            name = within.pop();
          }
          default -> {
            elements++;
            if (token == JsonToken.VALUE_NUMBER_FLOAT && !Numbers.isBounded(parser.getText())) {
              throw new MessageRefused(RefusalReason.TOO_COMPLEX);
            }
            if (token == JsonToken.VALUE_STRING && isAttachment(name, within.peek(), parser)) {
              int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
              int end = closingQuote(start);
              if (end > start) {
                found.attachments().add(Base64Span.of(bytes, start, end, true));
              }
            } else if (token == JsonToken.VALUE_STRING) {
              Optional<NarrativeSpan.Place> narrative = narrative(name, within);
              if (narrative.isPresent()) {
                int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
                found
                    .narratives()
                    .add(
                        new NarrativeSpan(
                            narrative.get(), start, closingQuote(start), parser.getText()));
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

  private static boolean isEntry(Deque<String> within) {
    return within.size() == OF_ENTRY.size() && List.copyOf(within).equals(OF_ENTRY);
  }

  /** Counts the resources, so that a narrative has its place. */
  private void entered(Deque<String> within, JsonParser parser) {
    if (isEntry(within)) {
      entryStart = (int) parser.currentTokenLocation().getByteOffset();
      entry++;
      contained = -1;
    } else if (within.size() == DEPTH_OF_CONTAINED && "contained".equals(within.peek())) {
      contained++;
    }
  }

  private Optional<NarrativeSpan.Place> narrative(String name, Deque<String> within) {
    if (!name.equals("div") || !"text".equals(within.peek())) {
      return Optional.empty();
    }
    List<String> path = List.copyOf(within);
    if (path.equals(OF_RESOURCE)) {
      return Optional.of(NarrativeSpan.Place.of(entry));
    }
    return path.equals(OF_CONTAINED)
        ? Optional.of(new NarrativeSpan.Place(entry, contained))
        : Optional.empty();
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
