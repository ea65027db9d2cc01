package dk.attestbro.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Utf8;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<Cut> cuts;
  private final List<NarrativeText> narratives;
  private final Map<Digest, Base64Span> spans;

  private Skeleton(Payload payload, byte[] text, Scanned scanned, List<NarrativeText> narratives) {
    this.source = payload.bytes();
    this.json = payload.mediaType() == MediaType.FHIR_JSON;
    this.text = text;
    this.scanned = scanned;
    this.cuts = sorted(mark(source), attachments(scanned), narratives(scanned));
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
    Scanned found = scan(payload, limits);
    byte[] text = without(sorted(mark(bytes), attachments(found)), bytes);
    if (!Utf8.isWellFormed(text)) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
    if (payload.mediaType() == MediaType.FHIR_XML) {
      WellFormed.check(text, limits);
    }
    return new Skeleton(
        payload,
        text,
        found,
        found.narratives().stream().map(n -> NarrativeText.of(n, limits)).toList());
  }

  private static Scanned scan(Payload payload, ReadingLimits limits) {
    return switch (payload.mediaType()) {
      case FHIR_JSON -> new JsonScan(payload.bytes(), limits).scan();
      case FHIR_XML -> new XmlScan(payload.bytes(), limits).scan();
      case CMS, MIME -> throw new MessageRefused(RefusalReason.UNSUPPORTED_MEDIA_TYPE);
    };
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

  private static Stream<Cut> mark(byte[] bytes) {
    return Stream.of(Cut.of(0, ByteOrderMark.length(bytes)));
  }

  private static Stream<Cut> attachments(Scanned found) {
    return found.attachments().stream()
        .map(s -> new Cut(s.start(), s.end(), Base64.getEncoder().encode(s.sha256Bytes())));
  }

  private static Stream<Cut> narratives(Scanned found) {
    return found.narratives().stream().map(n -> Cut.of(n.start(), n.end()));
  }

  @SafeVarargs
  private static List<Cut> sorted(Stream<Cut>... cuts) {
    return Stream.of(cuts)
        .flatMap(Function.identity())
        .filter(cut -> cut.start() < cut.end())
        .sorted(Comparator.comparingInt(Cut::start))
        .toList();
  }

  /** Writes what is left of the bytes between two places that no cut reaches over. */
  private static void write(
      byte[] bytes, int start, int end, List<Cut> cuts, ByteArrayOutputStream text) {
    int kept = start;
    for (int i = first(cuts, start); i < cuts.size() && cuts.get(i).start() < end; i++) {
      Cut cut = cuts.get(i);
      if (cut.start() < kept) {
        continue; // within a part that is gone already
      }
      text.write(bytes, kept, cut.start() - kept);
      text.writeBytes(cut.instead());
      kept = cut.end();
    }
    text.write(bytes, kept, end - kept);
  }

  /** The first cut that does not begin before this place. */
  private static int first(List<Cut> cuts, int start) {
    int low = 0;
    int high = cuts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cuts.get(middle).start() < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static byte[] without(List<Cut> cuts, byte[] bytes) {
    if (cuts.isEmpty()) {
      return bytes;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(16_384);
    write(bytes, 0, bytes.length, cuts, text);
    return text.toByteArray();
  }

  /** The text, UTF-8 (or, for XML, whatever its declaration says). */
  byte[] text() {
    return text;
  }

  /** The text without the narratives of the resources: a third of a usual letter is left. */
  byte[] textWithoutNarratives() {
    return without(cuts, source);
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
    ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);
    writeEntry(scanned.entries().get(index), text);
    return text.toByteArray();
  }

  /** The text without narratives and with this entry only. */
  byte[] textWithEntry(int index) {
    List<EntrySpan> entries = scanned.entries();
    ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);
    write(source, 0, entries.get(0).start(), cuts, text);
    writeEntry(entries.get(index), text);
    write(source, entries.get(entries.size() - 1).end(), source.length, cuts, text);
    return text.toByteArray();
  }

  /** The text without narratives, in which these entries are empty. */
  byte[] textWithEmpty(Set<Integer> indexes) {
    byte[] empty = (json ? "{}" : "<entry xmlns='http://hl7.org/fhir'/>").getBytes(UTF_8);
    List<EntrySpan> entries = scanned.entries();
    ByteArrayOutputStream text = new ByteArrayOutputStream(16_384);
    int written = 0;
    for (int index = 0; index < entries.size(); index++) {
      write(source, written, entries.get(index).start(), cuts, text);
      if (indexes.contains(index)) {
        text.writeBytes(empty);
      } else {
        writeEntry(entries.get(index), text);
      }
      written = entries.get(index).end();
    }
    write(source, written, source.length, cuts, text);
    return text.toByteArray();
  }

  private void writeEntry(EntrySpan entry, ByteArrayOutputStream text) {
    write(source, entry.start(), entry.end(), cuts, text);
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

  /**
   * Another message with the documents of this one, in which a digest stands for each as it does
   * here. They are base64 without whitespace then, whatever it was before.
   */
  Payload withDocuments(Payload other) {
    byte[] digests = other.bytes();
    ByteArrayOutputStream whole = new ByteArrayOutputStream(digests.length + source.length);
    int written = 0;
    for (Base64Span place : scan(other, ReadingLimits.DEFAULT).attachments()) {
      whole.write(digests, written, place.start() - written);
      Base64Span document = span(place.decode(digests)).orElse(place);
      document.encode(document == place ? digests : source, whole);
      written = place.end();
    }
    whole.write(digests, written, digests.length - written);
    return new Payload(whole.toByteArray(), other.mediaType());
  }

  /** The digest of the document. */
  byte[] digest(Base64Span span, MessageDigest digest) {
    return span.digest(source, digest);
  }

  /** The first bytes of the document, at most this many. */
  byte[] beginning(Base64Span span, int length) {
    return span.beginning(source, length);
  }
}
