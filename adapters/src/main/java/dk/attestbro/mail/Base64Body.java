package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.Arrays;

/**
 * Base64 (RFC 2045, 6.8) where it stands, without a copy of the encoded text. Line breaks and
 * blanks are left out; anything else that is not base64 means that the part was damaged.
 */
final class Base64Body {
  private static final byte[] VALUES = values();

  private Base64Body() {}

  static byte[] decode(byte[] bytes, int from, int to) {
    byte[] decoded = new byte[(int) ((to - from) * 3L / 4) + 3];
    int length = 0;
    int bits = 0;
    int held = 0;
    int padding = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\n' || b == '\r' || b == ' ' || b == '\t') {
        continue;
      }
      if (b == '=') {
        padding++;
        continue;
      }
      int value = b < 0 ? -1 : VALUES[b];
      if (value < 0 || padding > 0) {
        throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
      }
      bits = bits << 6 | value;
      held++;
      if (held == 4) {
        decoded[length++] = (byte) (bits >> 16);
        decoded[length++] = (byte) (bits >> 8);
        decoded[length++] = (byte) bits;
        bits = 0;
        held = 0;
      }
    }
    if (held == 1 || padding > 2) {
      throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
    }
    if (held == 2) {
      decoded[length++] = (byte) (bits >> 4);
    }
    if (held == 3) {
      decoded[length++] = (byte) (bits >> 10);
      decoded[length++] = (byte) (bits >> 2);
    }
    return Arrays.copyOf(decoded, length);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
