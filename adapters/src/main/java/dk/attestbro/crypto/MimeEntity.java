package dk.attestbro.crypto;

import dk.attestbro.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The smallest MIME entity (RFC 2045): a media type, a transfer encoding, a blank line, the body.
 * {@code start} is where the body begins.
 */
record MimeEntity(String contentType, String encoding, int start) {
  private static final int MOST_HEADER = 8192;

  /** The header that stands before a payload when it is signed. */
  static byte[] header(MediaType mediaType) {
    return ("Content-Type: " + mediaType.value() + "\r\nContent-Transfer-Encoding: binary\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the header of what stands in these bytes; empty where they begin with none. */
  static Optional<MimeEntity> read(byte[] bytes, int length) {
    int end = Math.min(length, MOST_HEADER);
    String contentType = "";
    String encoding = "7bit";
    int at = 0;
    while (at < end) {
      int newline = at;
      while (newline < end && bytes[newline] != '\n') {
        newline++;
      }
      if (newline == end) {
        return Optional.empty();
      }
      int next = newline + 1;
      String line =
          new String(bytes, at, newline - at, StandardCharsets.ISO_8859_1).stripTrailing();
      if (line.isEmpty()) {
        return contentType.isEmpty()
            ? Optional.empty()
            : Optional.of(new MimeEntity(contentType, encoding, next));
      }
      while (next < end && (bytes[next] == ' ' || bytes[next] == '\t')) {
        int folded = next;
        while (next < end && bytes[next] != '\n') {
          next++;
        }
        line += " " + new String(bytes, folded, next - folded, StandardCharsets.ISO_8859_1).strip();
        next++;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        return Optional.empty();
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "content-type" -> contentType = value;
        case "content-transfer-encoding" -> encoding = value.toLowerCase(Locale.ROOT);
        default -> {
          // MIME-Version, Content-Disposition and the like say nothing that is needed here.
        }
      }
      at = next;
    }
    return Optional.empty();
  }

  boolean isBase64() {
    return encoding.equals("base64");
  }

  /** Whether the body stands there as it is. */
  boolean isPlain() {
    return encoding.equals("binary") || encoding.equals("8bit") || encoding.equals("7bit");
  }
}
