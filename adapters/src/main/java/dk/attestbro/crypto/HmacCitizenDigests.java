package dk.attestbro.crypto;

import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.port.CitizenDigests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) of number and system under a key from a file. */
public final class HmacCitizenDigests implements CitizenDigests {
  static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  private HmacCitizenDigests(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * Reads the key, 32 bytes in base64.
   *
   * @throws KeysUnusable where the file does not hold one
   */
  public static HmacCitizenDigests of(Path file) {
    return new HmacCitizenDigests(key(file));
  }

  static SecretKeySpec key(Path file) {
    try {
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length == KEY_BYTES) {
        return new SecretKeySpec(key, ALGORITHM);
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // SECURITY: the cause may quote the file, so it is not kept.
      throw new KeysUnusable(List.of(file + " cannot be read as a key in base64"));
    }
    throw new KeysUnusable(List.of(file + " does not hold " + KEY_BYTES + " bytes in base64"));
  }

  /** A new key as the file holds it. */
  static String made() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key) + "\n";
  }

  @Override
  public Digest of(Citizen citizen) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(citizen.idSystem().getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return new Digest(
          HexFormat.of().formatHex(mac.doFinal(citizen.id().getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
  }
}
