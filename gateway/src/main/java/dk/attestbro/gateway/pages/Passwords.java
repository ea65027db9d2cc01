package dk.attestbro.gateway.pages;

import java.security.SecureRandom;
import java.util.Map;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/** How passwords are made and kept: random ones, hashed by PBKDF2 with HMAC-SHA-256. */
public final class Passwords {
  private static final String METHOD = "pbkdf2-sha256";

  /** Without those that one hand writes like another: 0 O, 1 l I. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 4;
  private static final int GROUP = 5;

  private Passwords() {}

  public static PasswordEncoder encoder() {
    return new DelegatingPasswordEncoder(
        METHOD, Map.of(METHOD, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
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
