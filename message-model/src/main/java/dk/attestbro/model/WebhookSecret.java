package dk.attestbro.model;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A secret that webhooks are signed with, written as the Standard Webhooks specification has it:
 * {@code whsec_} and 24 to 64 bytes in base64.
 */
@SuppressWarnings("ArrayRecordComponent")
public record WebhookSecret(byte[] key) {
  private static final Pattern WRITTEN = Pattern.compile("whsec_([A-Za-z0-9+/]+=*)");
  private static final int LEAST = 24;
  private static final int MOST = 64;

  /**
   * Reads a file of secrets, one a line. While a receiver changes its secret there are two, and
   * each request is signed with both.
   *
   * @throws IllegalArgumentException saying what was expected, and nothing of the text
   */
  public static List<WebhookSecret> read(String text) {
    List<WebhookSecret> secrets =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(WebhookSecret::one)
            .toList();
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("holds no secret like whsec_...");
    }
    return secrets;
  }

  private static WebhookSecret one(String line) {
    var written = WRITTEN.matcher(line);
    if (!written.matches()) {
      throw new IllegalArgumentException("must hold secrets like whsec_..., one a line");
    }
    byte[] key = Base64.getDecoder().decode(written.group(1));
    if (key.length < LEAST || key.length > MOST) {
      throw new IllegalArgumentException(
          "must hold secrets of " + LEAST + " to " + MOST + " bytes");
    }
    return new WebhookSecret(key);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
