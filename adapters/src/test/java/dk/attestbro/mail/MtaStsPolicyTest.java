package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MtaStsPolicyTest {
  private static final MtaStsPolicy POLICY =
      MtaStsPolicy.parse(
          "version: STSv1\r\n"
              + "mode: enforce\r\n"
              + "mx: mail.region.dk\r\n"
              + "mx: *.mx.example\r\n"
              + "max_age: 1\r\n");

  @ParameterizedTest
  @CsvSource({
    "mail.region.dk, true",
    "MAIL.region.dk, true",
    "a.mx.example, true",
    "a.b.mx.example, false",
    "mx.example, false",
    "mail.region.dk.forged.example, false",
    "other.region.dk, false",
    "localhost, false"
  })
  void takesTheHostsThatItNames(String host, boolean takes) {
    assertThat(POLICY.takes(host)).isEqualTo(takes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version: STSv1\nmode: testing\nmx: a.example\n",
        "version: STSv1\nmode: none\n",
        "version: STSv1\nmode: enforce\n",
        "version: STSv2\nmode: enforce\nmx: a.example\n"
      })
  void aPolicyThatEnforcesNothingIsAMistake(String text) {
    assertThatThrownBy(() -> MtaStsPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("enforce");
  }

  @Test
  void isAskedByItsDomainAlone() {
    TunnelDomains domains =
        new TunnelDomains(
            java.util.Set.of("region.dk", "by.dk"),
            java.util.Map.of("region.dk", "version: STSv1\nmode: enforce\nmx: mail.region.dk\n"));

    assertThat(domains.isServedBy("region.dk", "mail.region.dk")).isTrue();
    assertThat(domains.isServedBy("region.dk", "other.region.dk")).isFalse();
    assertThat(domains.isServedBy("by.dk", "mx.by.dk")).isTrue();
    assertThat(domains.isServedBy("by.dk", "by.dk")).isTrue();
    assertThat(domains.isServedBy("by.dk", "notby.dk")).isFalse();
    assertThat(domains.isServedBy("by.dk", "mail.region.dk")).isFalse();
  }
}
