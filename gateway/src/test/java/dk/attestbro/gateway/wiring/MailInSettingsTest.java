package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.mail.MailLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How the gateway logs in to the accounts that mails come in by. */
final class MailInSettingsTest {
  @TempDir private Path folder;

  @Test
  void anAccountWithAnAccessTokenShowsThatAndNoPassword() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "token-1\n");

    MailLogin login =
        login(Map.of("attestbro.mail.accounts.a.oauth2.token-file", token.toString()));

    assertThat(login.oauth2()).isTrue();
    assertThat(login.secret().get()).isEqualTo("token-1");
  }

  @Test
  void anAccountWithoutOneShowsItsPassword() {
    MailLogin login = login(Map.of("attestbro.mail.accounts.a.password", "secret-1"));

    assertThat(login.oauth2()).isFalse();
    assertThat(login.secret().get()).isEqualTo("secret-1");
  }

  private static MailLogin login(Map<String, String> settings) {
    MailInSettings.Account account =
        new Binder(new MapConfigurationPropertySource(settings))
            .bind("attestbro.mail", MailInSettings.class)
            .get()
            .accounts()
            .get("a");
    return MailOutConfiguration.login(
        "attestbro.mail.accounts.a",
        "user",
        account.password(),
        account.passwordFile(),
        account.oauth2(),
        Clock.systemUTC());
  }
}
