package dk.attestbro.gateway.pages;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/** How passwords are made and kept: random ones, hashed by PBKDF2 with HMAC-SHA-256. */
public final class Passwords {
  private static final String METHOD = "pbkdf2-sha256";

  /** Without those that one hand writes like another: 0 O, 1 l I. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  /** In bytes, in the order in which they are kept. */
  private static final int SALT = 16;

  private static final int HASH = 32;

  private static final int GROUPS = 4;
  private static final int GROUP = 5;

  private Passwords() {}

  public static PasswordEncoder encoder() {
    return new DelegatingPasswordEncoder(
        METHOD, Map.of(METHOD, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
  }

  /**
   * A hash that belongs to no password. To hold a password against it takes as long as against a
   * person's; to make it takes no time.
   */
  static String nobodysHash() {
    byte[] saltAndHash = new byte[SALT + HASH];
    new SecureRandom().nextBytes(saltAndHash);
    return "{" + METHOD + "}" + HexFormat.of().formatHex(saltAndHash);
  }

  /** A new password of 100 bits. */
  public static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      password.append(group == 0 ? "" : "-");
      random.ints(GROUP, 0, LETTERS.length()).forEach(i -> password.append(LETTERS.charAt(i)));
    }
    return password.toString();
  }
}
