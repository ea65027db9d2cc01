package dk.attestbro.fhir;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts a letter in a new envelope by replacing a handful of values in its bytes: Bundle.id,
 * Bundle.timestamp, and the times of the Provenance that targets the header (MedCom's rule MR7).
 * Every other byte stays as it was, so that the content is the same beyond doubt and a large letter
 * is copied once.
 */
final class NewEnvelope {
  /** A value's bytes, without its quotes. */
  record Span(int start, int end) {}

  private record Edit(Span span, String value) {}

  /** What is gathered of one entry. */
  static final class Entry {
    String type = "";
    String id = "";
    String fullUrl = "";
    final List<String> targets = new ArrayList<>();
    final List<Span> times = new ArrayList<>();

    boolean isAbout(Entry header) {
      String relative = "MessageHeader/" + header.id;
      return type.equals("Provenance")
          && targets.stream()
              .anyMatch(
                  t ->
                      t.equals(relative)
                          || t.endsWith("/" + relative)
                          || (!header.fullUrl.isEmpty() && t.equals(header.fullUrl)));
    }
  }

  /** What is gathered of the Bundle. */
  static final class Found {
    final List<Span> ids = new ArrayList<>();
    final List<Span> timestamps = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
  }

  private NewEnvelope() {}

  /**
   * The same letter in the new envelope.
   *
   * @throws IllegalArgumentException where it is not a FHIR message with Bundle.id, timestamp and
   *     one MessageHeader
   */
  static Payload of(Payload letter, BundleId bundleId, Instant at) {
    byte[] bytes = letter.bytes();
    Found found =
        switch (letter.mediaType()) {
          case FHIR_JSON -> JsonEnvelope.find(bytes);
          case FHIR_XML -> XmlEnvelope.find(bytes);
          case CMS, MIME ->
              throw new IllegalArgumentException("CMS is opened before it is changed");
        };
    Entry header =
        found.entries.stream()
            .filter(e -> e.type.equals("MessageHeader"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no MessageHeader"));
    if (found.ids.size() != 1 || found.timestamps.size() != 1) {
      throw new IllegalArgumentException("no Bundle.id or Bundle.timestamp");
    }
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit(found.ids.get(0), bundleId.value()));
    edits.add(new Edit(found.timestamps.get(0), time));
    for (Entry entry : found.entries) {
      if (entry.isAbout(header)) {
        entry.times.forEach(span -> edits.add(new Edit(span, time)));
      }
    }
    edits.sort(Comparator.comparingInt(edit -> edit.span().start()));
    return new Payload(apply(edits, bytes), letter.mediaType());
  }

  private static byte[] apply(List<Edit> edits, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 256);
    int copied = 0;
    for (Edit edit : edits) {
      out.write(bytes, copied, edit.span().start() - copied);
      out.writeBytes(edit.value().getBytes(StandardCharsets.US_ASCII));
      copied = edit.span().end();
    }
    out.write(bytes, copied, bytes.length - copied);
    return out.toByteArray();
  }
}
