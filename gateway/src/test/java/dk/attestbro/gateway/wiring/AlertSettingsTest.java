package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.DeliveryOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom alarms are told to, and what refuses the start. */
class AlertSettingsTest {
  private static final String HTTPS = "https://alarm.example.dk/in";

  @TempDir private Path folder;
  private Path secret;

  @BeforeEach
  void write() throws IOException {
    secret = folder.resolve("secret");
    Files.writeString(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  }

  @Test
  void takesAddressesAndAWebhookWithItsSecret() {
    assertThatCode(() -> start("a@example.dk", List.of("vagt@example.dk"), HTTPS))
        .doesNotThrowAnyException();
    assertThatCode(() -> start("", List.of(), "")).doesNotThrowAnyException();
  }

  @Test
  void refusesWhatCouldTellNobody() {
    assertThatThrownBy(() -> start("", List.of("vagt@example.dk"), ""))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("attestbro.mail.from");
    assertThatThrownBy(() -> start("a@example.dk", List.of("nobody"), ""))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("attestbro.alerts.mail");
    assertThatThrownBy(() -> start("", List.of(), "http://alarm.example.dk/in"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("https://");
  }

  @Test
  void refusesASecretThatIsNoneAndSaysNothingOfIt() throws IOException {
    Files.writeString(secret, "a-password");

    assertThatThrownBy(() -> start("", List.of(), HTTPS))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("secret-file")
        .hasMessageNotContaining("a-password");
    Files.delete(secret);
    assertThatThrownBy(() -> start("", List.of(), HTTPS))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot be read");
  }

  private void start(String from, List<String> mail, String webhook) {
    new NoticesConfiguration()
        .alerts(
            new AlertSettings(mail, webhook, secret.toString(), Duration.ofHours(4)),
            mailFrom(from),
            new MemoryRecords(),
            due -> new DeliveryOutcome.Delivered(Optional.empty()),
            Clock.systemUTC());
  }

  private static MailOutSettings mailFrom(String from) {
    MailOutSettings.OAuth2 none = new MailOutSettings.OAuth2("", "", "", "", "");
    Duration limit = Duration.ofSeconds(1);
    return new MailOutSettings(
        from,
        "Attestbro",
        new MailOutSettings.Smtp("", 465, "implicit", "", "", "", none, "", limit, limit),
        Set.of(),
        new MailOutSettings.Tunnel(false, 25, "", ""));
  }
}
