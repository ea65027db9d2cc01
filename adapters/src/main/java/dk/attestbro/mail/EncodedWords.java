package dk.attestbro.mail;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecoderUtil;

/** RFC 2047: words in header values that stand for others than ASCII. */
final class EncodedWords {
  private static final int MOST = 4000;

  private EncodedWords() {}

  /** Decodes what can be decoded and leaves the rest as it stands. */
  static String decode(String value) {
    // Decoding is not linear; no subject or file name is that long.
    String bounded = value.length() > MOST ? value.substring(0, MOST) : value;
    try {
      return DecoderUtil.decodeEncodedWords(bounded, StandardCharsets.UTF_8);
    } catch (RuntimeException undecodable) {
      return bounded;
    }
  }
}
