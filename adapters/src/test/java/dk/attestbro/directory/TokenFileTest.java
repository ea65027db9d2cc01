package dk.attestbro.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.samples.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final TestCa CA = new TestCa("Test CA");
  private static final TestCa.Issued VENDOR = CA.client("vendor", TestCa.Keys.P256);
  private static final PartyId AARHUS = new PartyId("employment-aarhus");
  private static final PartyId ODENSE = new PartyId("employment-odense");

  @TempDir Path folder;
  private Path tokens;
  private Directory directory;

  @BeforeEach
  void directory() throws IOException {
    tokens = folder.resolve("tokens.yaml");
    TestCa.write(folder.resolve("vendor.pem"), VENDOR.certificatePem());
    Files.writeString(
        folder.resolve("directory.yaml"),
        """
        gateway: {id: attestbro, name: Attestbro, sor: "9999999999999999", gln: "5790000000005"}
        parties:
          - {id: employment-aarhus, name: A, kind: municipality, sor: "1234567890123456",
             gln: "5790000121526", validFrom: 2007-01-01, signers: [vendor.pem]}
          - {id: employment-odense, name: O, kind: municipality, sor: "2234567890123456",
             gln: "5790000121526", validFrom: 2007-01-01, signers: [vendor.pem]}
        """);
    directory = YamlDirectory.read(folder.resolve("directory.yaml"));
  }

  @Test
  void knowsATokenAsSoonAsItIsAppended() {
    TokenFile callers = callers(Instant.now());

    String token = TokenFile.append(tokens, AARHUS, directory);
    String operator = TokenFile.appendOperator(tokens);

    assertThat(callers.byToken(token).orElseThrow().parties()).containsExactly(AARHUS);
    assertThat(callers.byToken(token).orElseThrow().operator()).isFalse();
    assertThat(callers.byToken(operator).orElseThrow().operator()).isTrue();
    assertThat(callers.byToken(operator).orElseThrow().parties()).isEmpty();
    assertThat(callers.byToken(token + "x")).isEmpty();
    assertThat(callers.byToken("")).isEmpty();
  }

  @Test
  void keepsOnlyTheDigestInAFileOfTheOwnersAlone() throws IOException {
    String token = TokenFile.append(tokens, AARHUS, directory);

    assertThat(token).hasSize(43).matches("[A-Za-z0-9_-]+");
    assertThat(Files.readString(tokens))
        .doesNotContain(token)
        .contains(Digest.of(token.getBytes(StandardCharsets.UTF_8)).hex());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
        .isEqualTo("rw-------");
  }

  @Test
  void appendsToEveryShapeOfFile() throws IOException {
    String hash = Digest.of("known".getBytes(StandardCharsets.UTF_8)).hex();
    for (String before :
        new String[] {
          "# ours\ntokens: [{party: employment-odense, sha256: \"" + hash + "\"}]\n",
          "# ours\ntokens:\n- party: employment-odense\n  sha256: \"" + hash + "\"\n",
          "# ours\ntokens:\n    - {party: employment-odense, sha256: \"" + hash + "\"}"
        }) {
      Files.writeString(tokens, before);

      String token = TokenFile.append(tokens, AARHUS, directory);

      TokenFile callers = callers(Instant.now());
      assertThat(callers.byToken("known").orElseThrow().parties()).containsExactly(ODENSE);
      assertThat(callers.byToken(token).orElseThrow().parties()).containsExactly(AARHUS);
    }
    for (String before : new String[] {"", "# none yet\n", "# none\ntokens: []\n", "tokens:\n"}) {
      Files.writeString(tokens, before);

      String token = TokenFile.append(tokens, AARHUS, directory);

      assertThat(callers(Instant.now()).byToken(token)).isPresent();
      assertThat(Files.readString(tokens)).startsWith(before.lines().findFirst().orElse(""));
    }
  }

  @Test
  void refusesAPartyThatTheDirectoryDoesNotHave() {
    assertThatThrownBy(() -> TokenFile.append(tokens, new PartyId("nobody"), directory))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tokens).doesNotExist();
  }

  @Test
  void keepsTheOldTokensWhereAChangeIsBad() throws IOException {
    String token = TokenFile.append(tokens, AARHUS, directory);
    TokenFile callers = callers(Instant.now());

    Files.writeString(tokens, "tokens: [{party: employment-aarhus, sha256: short, extra: 1}]");

    assertThat(callers.byToken(token)).isPresent();
    assertThatThrownBy(() -> callers(Instant.now()))
        .isInstanceOf(DirectoryInvalid.class)
        .hasMessageContaining("sha256")
        .hasMessageContaining("extra");
  }

  @Test
  void forgetsATokenThatWasTakenOut() throws IOException {
    String token = TokenFile.append(tokens, AARHUS, directory);
    TokenFile callers = callers(Instant.now());

    Files.writeString(tokens, "tokens: []\n");

    assertThat(callers.byToken(token)).isEmpty();
  }

  @Test
  void knowsEveryPartyThatListsACertificate() {
    assertThat(
            callers(Instant.now())
                .byCertificate(VENDOR.model().fingerprint())
                .orElseThrow()
                .parties())
        .isEqualTo(Set.of(AARHUS, ODENSE));
    assertThat(callers(Instant.now()).byCertificate(CA.model().fingerprint())).isEmpty();
  }

  @Test
  void knowsNobodyByACertificateThatHasEnded() {
    TokenFile callers = callers(Instant.now().plus(Duration.ofDays(400)));

    assertThat(callers.byCertificate(VENDOR.model().fingerprint())).isEmpty();
  }

  private TokenFile callers(Instant now) {
    return new TokenFile(tokens, () -> directory, Clock.fixed(now, ZoneOffset.UTC));
  }
}
