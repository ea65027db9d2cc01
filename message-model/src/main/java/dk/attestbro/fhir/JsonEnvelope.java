package dk.attestbro.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dk.attestbro.fhir.NewEnvelope.Entry;
import dk.attestbro.fhir.NewEnvelope.Found;
import dk.attestbro.fhir.NewEnvelope.Span;
import java.io.IOException;

/** Finds in a JSON message the values that a new envelope changes. */
final class JsonEnvelope {
  private final byte[] bytes;
  private final JsonParser parser;
  private final Found found = new Found();

  private JsonEnvelope(byte[] bytes, JsonParser parser) {
    this.bytes = bytes;
    this.parser = parser;
  }

  static Found find(byte[] bytes) {
    // The message was bounded when it was read; an attachment is one long string.
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();
    try (JsonParser parser = factory.createParser(bytes)) {
      JsonEnvelope scan = new JsonEnvelope(bytes, parser);
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        scan.bundle();
      }
      return scan.found;
    } catch (IOException broken) {
      throw new IllegalArgumentException("not JSON");
    }
  }

  private void bundle() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("id") && value == JsonToken.VALUE_STRING) {
        found.ids.add(span());
      } else if (name.equals("timestamp") && value == JsonToken.VALUE_STRING) {
        found.timestamps.add(span());
      } else if (name.equals("entry") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          entry();
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void entry() throws IOException {
    Entry entry = new Entry();
    found.entries.add(entry);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("fullUrl") && value == JsonToken.VALUE_STRING) {
        entry.fullUrl = parser.getText();
      } else if (name.equals("resource") && value == JsonToken.START_OBJECT) {
        resource(entry);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void resource(Entry entry) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && name.equals("target")) {
        targets(entry);
      } else if (value != JsonToken.VALUE_STRING) {
        parser.skipChildren();
      } else if (name.equals("resourceType")) {
        entry.type = parser.getText();
      } else if (name.equals("id")) {
        entry.id = parser.getText();
      } else if (name.equals("occurredDateTime") || name.equals("recorded")) {
        entry.times.add(span());
      }
    }
  }

  private void targets(Entry entry) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean reference = parser.currentName().equals("reference");
        if (parser.nextToken() == JsonToken.VALUE_STRING && reference) {
          entry.targets.add(parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** The bytes between the quotes of the current string, which holds no escaped quote. */
  private Span span() {
    int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
    int end = start;
    while (bytes[end] != '"') {
      end++;
    }
    return new Span(start, end);
  }
}
