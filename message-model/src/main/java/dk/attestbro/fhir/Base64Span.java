package dk.attestbro.fhir;

import dk.attestbro.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A base64 value within the bytes of a message, from {@code start} to before {@code end}, as JSON
 * or XML writes it: whitespace, JSON escapes and XML character references included. {@code sha256}
 * is of what it decodes to; of the raw characters where it is not valid base64 (RFC 4648 section
 * 4), so that two broken values still differ.
 */
record Base64Span(int start, int end, boolean valid, int decodedSize, Digest sha256) {
  private static final int PAD = 64;
  private static final int NOT_BASE64 = -1;
  private static final int SKIP = -2;
  private static final int[] VALUES = new int[128];

  static {
    Arrays.fill(VALUES, NOT_BASE64);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int value = 0; value < alphabet.length(); value++) {
      VALUES[alphabet.charAt(value)] = value;
    }
    VALUES['='] = PAD;
    for (char space : " \t\r\n".toCharArray()) {
      VALUES[space] = SKIP;
    }
  }

  static Base64Span of(byte[] source, int start, int end, boolean json) {
    var digest = Digest.sha256();
    try (var digesting = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      int size = decode(source, start, end, json, digesting, Integer.MAX_VALUE);
      if (size >= 0) {
        return new Base64Span(start, end, true, size, Digest.of(digest));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    digest.reset();
    digest.update(source, start, end - start);
    return new Base64Span(start, end, false, 0, Digest.of(digest));
  }

  byte[] sha256Bytes() {
    return HexFormat.of().parseHex(sha256.hex());
  }

  byte[] decode(byte[] source) {
    return beginning(source, decodedSize);
  }

  /** The digest of what it decodes to, without holding that. */
  byte[] digest(byte[] source, MessageDigest digest) {
    try (var digesting = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      decode(source, start, end, isJson(source), digesting, Integer.MAX_VALUE);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return digest.digest();
  }

  /** Writes what it decodes to as base64 without whitespace or escapes. */
  void encode(byte[] source, ByteArrayOutputStream out) {
    try (OutputStream encoding = Base64.getEncoder().wrap(out)) {
      decode(source, start, end, isJson(source), encoding, Integer.MAX_VALUE);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  byte[] beginning(byte[] source, int length) {
    var out = new FixedBuffer(Math.min(length, decodedSize));
    try {
      decode(source, start, end, isJson(source), out, length);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private boolean isJson(byte[] source) {
    return source[start - 1] == '"' && source[firstContent(source)] == '{';
  }

  private static int firstContent(byte[] source) {
    int at = ByteOrderMark.length(source);
    while (source[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** Decodes into {@code out} until {@code limit} bytes; the size, or -1 where it is not base64. */
  private static int decode(
      byte[] source, int start, int end, boolean json, OutputStream out, int limit)
      throws IOException {
    byte[] chunk = new byte[3072];
    int filled = 0;
    int size = 0;
    int group = 0;
    int inGroup = 0;
    int padding = 0;
    int at = start;
    while (at < end && size < limit) {
      int value;
      int c = source[at];
      if (json && c == '\\') {
        value = at + 1 < end ? escaped(source[at + 1]) : NOT_BASE64;
        at += 2;
      } else if (!json && c == '&') {
        int semicolon = semicolon(source, at, end);
        value = semicolon < 0 ? NOT_BASE64 : reference(source, at, semicolon);
        at = semicolon < 0 ? end : semicolon + 1;
      } else {
        value = c < 0 ? NOT_BASE64 : VALUES[c];
        at++;
      }
      if (value == SKIP) {
        continue;
      }
      if (value == NOT_BASE64 || (padding > 0 && value != PAD)) {
        return -1;
      }
      if (value == PAD) {
        padding++;
        if (padding + inGroup > 4 || inGroup < 2) {
          return -1;
        }
        continue;
      }
      group = (group << 6) | value;
      inGroup++;
      if (inGroup == 4) {
        chunk[filled++] = (byte) (group >> 16);
        chunk[filled++] = (byte) (group >> 8);
        chunk[filled++] = (byte) group;
        size += 3;
        group = 0;
        inGroup = 0;
        if (filled == chunk.length) {
          out.write(chunk, 0, filled);
          filled = 0;
        }
      }
    }
    if (size < limit) {
      if (inGroup == 1 || (inGroup > 1 && inGroup + padding != 4)) {
        return -1;
      }
      if (inGroup > 1) {
        chunk[filled++] = (byte) (group >> (inGroup == 2 ? 4 : 10));
        size++;
      }
      if (inGroup == 3) {
        chunk[filled++] = (byte) (group >> 2);
        size++;
      }
    }
    out.write(chunk, 0, filled);
    return size;
  }

  private static int escaped(int c) {
    return switch (c) {
      case '/' -> VALUES['/'];
      case 'n', 'r', 't' -> SKIP;
      default -> NOT_BASE64;
    };
  }

  private static int semicolon(byte[] source, int from, int end) {
    for (int at = from; at < Math.min(end, from + 8); at++) {
      if (source[at] == ';') {
        return at;
      }
    }
    return -1;
  }

  /** Only whitespace is ever written as a character reference within base64. */
  private static int reference(byte[] source, int ampersand, int semicolon) {
    String name =
        new String(
            source,
            ampersand + 1,
            semicolon - ampersand - 1,
            java.nio.charset.StandardCharsets.US_ASCII);
    return switch (name) {
      case "#xA", "#xa", "#10", "#xD", "#xd", "#13", "#x9", "#9", "#x20", "#32" -> SKIP;
      default -> NOT_BASE64;
    };
  }

  /** Holds exactly the bytes it was made for and drops what comes beyond. */
  private static final class FixedBuffer extends OutputStream {
    private final byte[] bytes;
    private int size;

    FixedBuffer(int length) {
      bytes = new byte[length];
    }

    @Override
    public void write(int b) {
      if (size < bytes.length) {
        bytes[size++] = (byte) b;
      }
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      int taken = Math.min(length, bytes.length - size);
      System.arraycopy(source, offset, bytes, size, taken);
      size += taken;
    }

    byte[] toByteArray() {
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
  }
}
