package dk.attestbro.fhir;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tags of an XML message once, holding nothing: counts depth and elements, refuses a
 * DOCTYPE, and notes where the base64 values, the narratives and the entries lie. Whether the XML
 * is well-formed is not judged here: {@link WellFormed} does that on the text without the
 * attachments.
 */
final class XmlScan {
  private static final int DEPTH_OF_CONTAINED = 4;
  private static final int DEPTH_OF_TEXT = 5;
  private static final int DEPTH_OF_CONTAINED_TEXT = 7;

  private final byte[] bytes;
  private final ReadingLimits limits;
  private final Scanned found = new Scanned();
  private final Deque<String> within = new ArrayDeque<>();
  private int elements;
  private int entry = -1;
  private int entryStart;
  private int contained = -1;
  private NarrativeSpan.@Nullable Place open;
  private int openedAt;
  private int openedDepth;

  XmlScan(byte[] bytes, ReadingLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  Scanned scan() {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] != '<') {
        at++;
      } else if (startsWith(at, "<!--")) {
        at = after(at + 4, "-->");
      } else if (startsWith(at, "<![CDATA[")) {
        at = after(at + 9, "]]>");
      } else if (startsWith(at, "<?")) {
        at = after(at + 2, "?>");
      } else if (startsWith(at, "<!")) {
        // SECURITY: no DTD is ever read; with one, entities could grow without end or read files.
        throw new MessageRefused(RefusalReason.NOT_READABLE);
      } else if (startsWith(at, "</")) {
        int end = after(at + 2, ">");
        left(end);
        at = end;
      } else {
        at = startTag(at + 1);
      }
    }
    return found;
  }

  private int startTag(int from) {
    int at = from;
    while (at < bytes.length && !isSpace(bytes[at]) && bytes[at] != '>' && bytes[at] != '/') {
      at++;
    }
    String name = localName(from, at);
    String parent = within.isEmpty() ? "" : within.peek();
    boolean attachment = name.equals("data") && !parent.endsWith("SampledData");
    narrative(name, from - 1).ifPresent(place -> open(place, from - 1));
    count(name);
    while (at < bytes.length && bytes[at] != '>') {
      if (bytes[at] == '/' && at + 1 < bytes.length && bytes[at + 1] == '>') {
        left(at + 2);
        return at + 2;
      }
      if (isSpace(bytes[at]) || bytes[at] == '/') {
        at++;
        continue;
      }
      int nameStart = at;
      while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\'' && bytes[at] != '>') {
        at++;
      }
      if (at >= bytes.length || bytes[at] == '>') {
        break;
      }
      int start = at + 1;
      int end = start;
      while (end < bytes.length && bytes[end] != bytes[at]) {
        end++;
      }
      if (attachment && end > start && end < bytes.length && isValue(nameStart, at)) {
        found.attachments().add(Base64Span.of(bytes, start, end, false));
      }
      at = end + 1;
    }
    return at + 1;
  }

  /** Where a narrative begins, its place. Counts the resources on the way. */
  private Optional<NarrativeSpan.Place> narrative(String name, int start) {
    if (name.equals("entry") && within.size() == 1) {
      entry++;
      entryStart = start;
      contained = -1;
    } else if (name.equals("contained") && within.size() == DEPTH_OF_CONTAINED) {
      contained++;
    } else if (name.equals("div") && "text".equals(within.peek())) {
      List<String> path = List.copyOf(within);
      if (path.size() == DEPTH_OF_TEXT && isInResource(path)) {
        return Optional.of(NarrativeSpan.Place.of(entry));
      }
      if (path.size() == DEPTH_OF_CONTAINED_TEXT
          && path.get(2).equals("contained")
          && isInResource(path)) {
        return Optional.of(new NarrativeSpan.Place(entry, contained));
      }
    }
    return Optional.empty();
  }

  private static boolean isInResource(List<String> path) {
    return path.subList(path.size() - 3, path.size())
        .equals(List.of("resource", "entry", "Bundle"));
  }

  private void open(NarrativeSpan.Place place, int at) {
    open = place;
    openedAt = at;
    openedDepth = within.size();
  }

  private void left(int end) {
    if ("entry".equals(within.poll()) && within.size() == 1) {
      found.entries().add(new EntrySpan(entryStart, end));
    }
    NarrativeSpan.Place place = open;
    if (place != null && within.size() == openedDepth) {
      open = null;
      found
          .narratives()
          .add(
              new NarrativeSpan(
                  place,
                  openedAt,
                  end,
                  new String(bytes, openedAt, end - openedAt, StandardCharsets.UTF_8)));
    }
  }

  private void count(String name) {
    within.push(name);
    if (within.size() > limits.maxDepth() || ++elements > limits.maxElements()) {
      throw new MessageRefused(RefusalReason.TOO_COMPLEX);
    }
  }

  /** Whether the attribute written between {@code from} and its quote is {@code value}. */
  private boolean isValue(int from, int quote) {
    int end = Math.min(quote, from + 64);
    return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1)
        .replaceAll("\\s", "")
        .equals("value=");
  }

  private String localName(int from, int to) {
    // A name longer than this is no FHIR; WellFormed and the validator have the last word.
    int end = Math.min(to, from + 100);
    String name = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    return name.substring(name.indexOf(':') + 1);
  }

  private int after(int from, String closing) {
    for (int at = from; at < bytes.length; at++) {
      if (startsWith(at, closing)) {
        return at + closing.length();
      }
    }
    throw new MessageRefused(RefusalReason.NOT_READABLE);
  }

  private boolean startsWith(int at, String text) {
    if (at + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
