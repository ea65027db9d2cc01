package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A MIME entity where it stands in the bytes that it came in: its header from {@code start}, its
 * body from {@code body} to {@code end}. Nothing is copied before it is asked for.
 */
@SuppressWarnings("ArrayRecordComponent")
record MimePart(byte[] bytes, int start, int body, int end, MimeHeader header, MimeValue type) {
  private static final int MOST_BOUNDARY = 200;

  static MimePart read(byte[] bytes, int start, int end, MimeLimits limits) {
    MimeHeader header = MimeHeader.read(bytes, start, end, limits.headerBytes());
    // SECURITY: of two, the mail server that scanned it may have read the other.
    if (header.all("content-type").size() > 1
        || header.all("content-transfer-encoding").size() > 1) {
      throw new MessageRefused(RefusalReason.MAIL_HEADER_AMBIGUOUS);
    }
    MimeValue type = MimeValue.contentType(header.first("content-type").orElse("text/plain"));
    return new MimePart(bytes, start, header.body(), end, header, type);
  }

  boolean is(String mediaType) {
    return type.word().equals(mediaType);
  }

  boolean isMultipart() {
    return type.word().startsWith("multipart/");
  }

  /** The name that the sender gives it, without folders. */
  String fileName() {
    String name =
        disposition()
            .parameter("filename")
            .or(() -> type.parameter("name"))
            .map(EncodedWords::decode)
            .orElse("");
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).strip();
  }

  boolean isAttachment() {
    return disposition().word().equals("attachment");
  }

  private MimeValue disposition() {
    return MimeValue.parse(header.first("content-disposition").orElse(""));
  }

  /** Exactly what stands there, header and body. */
  byte[] raw() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** The body as it was before it was encoded for mail. */
  byte[] decoded() {
    return switch (encoding()) {
      case "base64" -> Base64Body.decode(bytes, body, end);
      case "quoted-printable" -> QuotedPrintable.decode(bytes, body, end);
      default -> Arrays.copyOfRange(bytes, body, end);
    };
  }

  private String encoding() {
    return header
        .first("content-transfer-encoding")
        .map(value -> new HeaderText(value).upTo(";").toLowerCase(Locale.ROOT))
        .orElse("7bit");
  }

  /**
   * The parts of a multipart (RFC 2046, 5.1.1). What stands before the first and behind the last is
   * for no one to read.
   */
  List<MimePart> parts(PartCount count, MimeLimits limits) {
    byte[] boundary = boundary();
    List<MimePart> parts = new ArrayList<>();
    int partStart = -1;
    int at = body;
    while (at < end) {
      int next = at;
      while (next < end && bytes[next] != '\n') {
        next++;
      }
      int delimiter = delimiter(boundary, at, next);
      if (delimiter != 0) {
        if (partStart >= 0) {
          count.one();
          parts.add(read(bytes, partStart, beforeLineBreak(partStart, at), limits));
        }
        if (delimiter < 0) {
          return parts;
        }
        partStart = Math.min(next + 1, end);
      }
      at = next + 1;
    }
    // Without its last boundary it was cut off, and who knows what is missing.
    throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
  }

  private byte[] boundary() {
    Optional<String> boundary =
        type.parameter("boundary").filter(text -> text.length() <= MOST_BOUNDARY);
    boolean plain = !encoding().equals("base64") && !encoding().equals("quoted-printable");
    if (boundary.isEmpty() || !plain) {
      throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
    }
    return ("--" + boundary.get()).getBytes(StandardCharsets.UTF_8);
  }

  /** 1 where the line is a delimiter, -1 where it is the last one, 0 where it is none. */
  private int delimiter(byte[] boundary, int from, int to) {
    int after = from + boundary.length;
    if (bytes[from] != '-'
        || after > to
        || !Arrays.equals(bytes, from, after, boundary, 0, boundary.length)) {
      return 0;
    }
    boolean last = after + 1 < to && bytes[after] == '-' && bytes[after + 1] == '-';
    for (int i = last ? after + 2 : after; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return 0;
      }
    }
    return last ? -1 : 1;
  }

  /** The line break before a delimiter belongs to it. */
  private int beforeLineBreak(int from, int delimiter) {
    int at = delimiter;
    if (at > from && bytes[at - 1] == '\n') {
      at--;
    }
    return at > from && bytes[at - 1] == '\r' ? at - 1 : at;
  }

  @Override
  public String toString() {
    return "MimePart[" + type.word() + ", " + (end - start) + " bytes]";
  }
}
