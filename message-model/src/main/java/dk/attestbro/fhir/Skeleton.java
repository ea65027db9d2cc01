package dk.attestbro.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A message without the weight of its attachments: the text as received, in which every base64
 * {@code data} value is replaced by the base64 of the SHA-256 of what it decodes to. The documents
 * themselves stay in the received bytes and are decoded when asked for, so that a large message is
 * held once. The same without its narratives is what is read.
 */
final class Skeleton {
  private final byte[] source;
  private final boolean json;
  private final byte[] text;
  private final Scanned scanned;
  private final List<NarrativeText> narratives;
  private final Map<Digest, Base64Span> spans;

  private Skeleton(Payload payload, byte[] text, Scanned scanned, List<NarrativeText> narratives) {
    this.source = payload.bytes();
    this.json = payload.mediaType() == MediaType.FHIR_JSON;
    this.text = text;
    this.scanned = scanned;
    this.narratives = narratives;
    this.spans =
        scanned.attachments().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Base64Span::sha256, Function.identity(), (first, same) -> first));
  }

  /**
   * One pass over the bytes: counts, refuses, and takes the attachments out.
   *
   * @throws MessageRefused TOO_LARGE, TOO_COMPLEX, NOT_READABLE; UNSUPPORTED_MEDIA_TYPE for CMS
   */
  static Skeleton of(Payload payload, ReadingLimits limits) {
    if (payload.size() > limits.maxBytes()) {
      throw new MessageRefused(RefusalReason.TOO_LARGE);
    }
    byte[] bytes = payload.bytes();
    if (isNotUtf8(bytes)) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
    Scanned found =
        switch (payload.mediaType()) {
          case FHIR_JSON -> new JsonScan(bytes, limits).scan();
          case FHIR_XML -> new XmlScan(bytes, limits).scan();
          case CMS, MIME -> throw new MessageRefused(RefusalReason.UNSUPPORTED_MEDIA_TYPE);
        };
    byte[] text = without(Stream.concat(mark(bytes), attachments(found)), bytes);
    if (payload.mediaType() == MediaType.FHIR_XML) {
      WellFormed.check(text, limits);
    }
    return new Skeleton(
        payload,
        text,
        found,
        found.narratives().stream().map(n -> NarrativeText.of(n, limits)).toList());
  }

  /** FHIR is UTF-8 (R4 3.1.0.1.1, RFC 8259 section 8.1), and the scans count in its bytes. */
  private static boolean isNotUtf8(byte[] bytes) {
    return bytes.length < 2
        || bytes[0] == 0
        || bytes[1] == 0
        || bytes[0] == (byte) 0xFE
        || bytes[0] == (byte) 0xFF;
  }

  /** A part of the message, and what stands in its place. */
  private record Cut(int start, int end, byte[] instead) {
    static Cut of(int start, int end) {
      return new Cut(start, end, new byte[0]);
    }
  }

  private static Stream<Cut> attachments(Scanned found) {
    return found.attachments().stream()
        .map(s -> new Cut(s.start(), s.end(), Base64.getEncoder().encode(s.sha256Bytes())));
  }

  private static Stream<Cut> narratives(Scanned found) {
    return found.narratives().stream().map(n -> Cut.of(n.start(), n.end()));
  }

  private static Stream<Cut> mark(byte[] bytes) {
    return Stream.of(Cut.of(0, ByteOrderMark.length(bytes)));
  }

  private static byte[] without(Stream<Cut> cuts, byte[] bytes) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(16_384);
    int kept = 0;
    for (Cut cut : cuts.sorted(Comparator.comparingInt(Cut::start)).toList()) {
      if (cut.start() < kept) {
        continue; // within a part that is gone already
      }
      text.write(bytes, kept, cut.start() - kept);
      text.writeBytes(cut.instead());
      kept = cut.end();
    }
    if (kept == 0) {
      return bytes;
    }
    text.write(bytes, kept, bytes.length - kept);
    return text.toByteArray();
  }

  /** The text, UTF-8 (or, for XML, whatever its declaration says). */
  byte[] text() {
    return text;
  }

  /** The text without the narratives of the resources: a third of a usual letter is left. */
  byte[] textWithoutNarratives() {
    return textWithout(Stream.empty());
  }

  /** How many entries the Bundle has. */
  int entries() {
    return scanned.entries().size();
  }

  /** How many bytes of the message lie outside its entries. */
  int sizeAroundEntries() {
    return source.length - scanned.entries().stream().mapToInt(e -> e.end() - e.start()).sum();
  }

  /** An entry as it is written, without its narratives. */
  byte[] entry(int index) {
    EntrySpan entry = scanned.entries().get(index);
    return textWithout(Stream.of(Cut.of(0, entry.start()), Cut.of(entry.end(), source.length)));
  }

  /** The text without narratives and with this entry only. */
  byte[] textWithEntry(int index) {
    List<EntrySpan> entries = scanned.entries();
    EntrySpan kept = entries.get(index);
    return textWithout(
        Stream.of(
            Cut.of(entries.get(0).start(), kept.start()),
            Cut.of(kept.end(), entries.get(entries.size() - 1).end())));
  }

  /** The text without narratives, in which these entries are empty. */
  byte[] textWithEmpty(List<Integer> indexes) {
    byte[] empty = (json ? "{}" : "<entry xmlns='http://hl7.org/fhir'/>").getBytes(UTF_8);
    return textWithout(
        indexes.stream()
            .map(scanned.entries()::get)
            .map(entry -> new Cut(entry.start(), entry.end(), empty)));
  }

  private byte[] textWithout(Stream<Cut> parts) {
    return without(
        Stream.of(parts, mark(source), attachments(scanned), narratives(scanned))
            .flatMap(Function.identity()),
        source);
  }

  /** The narratives, in the order of the text. */
  List<NarrativeText> narratives() {
    return narratives;
  }

  /** The text of a JSON message. */
  String json() {
    return new String(text, UTF_8);
  }

  /** Where the document lies whose SHA-256 stands in the text; empty where there is none. */
  Optional<Base64Span> span(byte[] sha256) {
    return sha256.length == 32
        ? Optional.ofNullable(spans.get(new Digest(HexFormat.of().formatHex(sha256))))
        : Optional.empty();
  }

  /** The document itself, decoded anew at each call. */
  byte[] document(Base64Span span) {
    return span.decode(source);
  }

  /** The first bytes of the document, at most this many. */
  byte[] beginning(Base64Span span, int length) {
    return span.beginning(source, length);
  }
}
