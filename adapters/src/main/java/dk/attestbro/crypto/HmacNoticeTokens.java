package dk.attestbro.crypto;

import dk.attestbro.model.MailIds;
import dk.attestbro.port.NoticeTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first 96 bits of HMAC-SHA-256 (RFC 2104) of the envelope, under a key of its own that is
 * derived from the one for digests of citizens.
 */
public final class HmacNoticeTokens implements NoticeTokens {
  private static final int TOKEN_BYTES = 12;

  private final SecretKeySpec key;

  private HmacNoticeTokens(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * Derives its key from the file that {@link HmacCitizenDigests} reads.
   *
   * @throws KeysUnusable where the file does not hold one
   */
  public static HmacNoticeTokens of(Path file) {
    byte[] derived = mac(HmacCitizenDigests.key(file), "delivery notices");
    return new HmacNoticeTokens(new SecretKeySpec(derived, HmacCitizenDigests.ALGORITHM));
  }

  @Override
  public String of(MailIds.Envelope envelope) {
    byte[] whole = mac(key, envelope.sender() + " " + envelope.bundleId());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(whole, TOKEN_BYTES));
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HmacCitizenDigests.ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
    }
  }
}
