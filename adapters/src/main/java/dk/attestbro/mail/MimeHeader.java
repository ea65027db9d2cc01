package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header fields of a mail or of a part, in their order: names in lower case, values unfolded
 * and otherwise as they stand. {@code body} is where the body begins.
 */
record MimeHeader(List<Field> fields, int body) {
  record Field(String name, String value) {}

  /**
   * Reads the header that begins at {@code start}. One that two readers could understand
   * differently is refused, since a mail server may have judged the sender by the other reading.
   */
  static MimeHeader read(byte[] bytes, int start, int end, int mostBytes) {
    List<Field> fields = new ArrayList<>();
    int at = start;
    while (at < end) {
      int next = lineEnd(bytes, at, end);
      if (isBlank(bytes, at, next)) {
        return new MimeHeader(fields, next);
      }
      while (next < end && (bytes[next] == ' ' || bytes[next] == '\t')) {
        next = lineEnd(bytes, next, end);
        requireWithin(next - start, mostBytes);
      }
      requireWithin(next - start, mostBytes);
      fields.add(field(text(bytes, at, next)));
      at = next;
    }
    return new MimeHeader(fields, end);
  }

  /** The values of every field of this name. */
  List<String> all(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).toList();
  }

  /** The value of the first field of this name. */
  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  boolean has(String name) {
    return first(name).isPresent();
  }

  private static void requireWithin(int length, int most) {
    if (length > most) {
      throw new MessageRefused(RefusalReason.MAIL_HEADER_TOO_LARGE);
    }
  }

  /** Behind the line feed that ends the line at {@code at}. */
  private static int lineEnd(byte[] bytes, int at, int end) {
    int next = at;
    while (next < end && bytes[next] != '\n') {
      next++;
    }
    return Math.min(next + 1, end);
  }

  private static boolean isBlank(byte[] bytes, int at, int next) {
    return bytes[at] == '\n' || (bytes[at] == '\r' && next == at + 2);
  }

  private static Field field(String lines) {
    String unfolded = lines.replace("\r\n", "").replace("\n", "");
    int colon = unfolded.indexOf(':');
    String name = colon < 0 ? "" : unfolded.substring(0, colon).stripTrailing();
    // SECURITY: a carriage return or a null byte in a header ends a line for some readers; a second
    // From could hide behind it.
    if (!isName(name) || unfolded.indexOf('\r') >= 0 || unfolded.indexOf('\0') >= 0) {
      throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
    }
    return new Field(name.toLowerCase(Locale.ROOT), unfolded.substring(colon + 1).strip());
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /** UTF-8 (RFC 6532) where it is that, else byte by byte. */
  private static String text(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException other) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
