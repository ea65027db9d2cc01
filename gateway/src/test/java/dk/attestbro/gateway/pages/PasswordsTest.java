package dk.attestbro.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {
  /** Read by the same method and as long, so that the same work is done for it. */
  @Test
  void nobodysHashLooksLikeAPersonsAndIsAnotherEachTime() {
    String person = Passwords.encoder().encode(Passwords.random());
    String nobody = Passwords.nobodysHash();

    assertThat(person).startsWith("{pbkdf2-sha256}");
    assertThat(nobody).startsWith("{pbkdf2-sha256}").hasSameSizeAs(person);
    assertThat(Passwords.nobodysHash()).isNotEqualTo(nobody);
  }
}
