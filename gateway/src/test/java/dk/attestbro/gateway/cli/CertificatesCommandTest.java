package dk.attestbro.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Keys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;

class CertificatesCommandTest {
  private static final TestCa CA = new TestCa("Issuer");
  private static final Instant NOW = Instant.now();
  private static final String DIRECTORY =
      """
      gateway: {id: attestbro, name: Attestbro, sor: "9999999999999999", gln: "5790000000005"}
      parties:
        - id: employment-aarhus
          name: Aarhus
          kind: municipality
          municipality: "0751"
          sor: "1234567890123456"
          gln: "5790000121526"
          validFrom: 2007-01-01
          signers: [certs/old.pem, certs/new.pem]
          endpoint:
            channel: https
            address: https://localhost:9443/fhir/$process-message
            encryptTo: certs/encrypt.pem
            receives: ["*"]
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aDirectoryWithCertificates() throws IOException {
    write("config/certs/old.pem", 10);
    write("config/certs/new.pem", 300);
    write("config/certs/encrypt.pem", 40);
    write("data/keys/cms-signing.pem", 60);
    write("data/keys/cms-encryption-2025.pem", 5);
    Files.writeString(folder.resolve("config/directory.yaml"), DIRECTORY);
    TestCa.write(folder.resolve("root.pem"), CA.certificatePem());
    Files.writeString(
        folder.resolve("config/application.yaml"),
        "attestbro: {trust: {roots: [{name: own, file: " + folder.resolve("root.pem") + "}]}}");
  }

  @Test
  void showsAllByTheirEnd() {
    assertThat(execute()).isZero();

    assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("ENDS|DAYS|WHOSE|USE"),
            line -> assertThat(line).contains("gateway|cms-encryption-2025.pem|nothing"),
            line -> assertThat(line).contains("employment-aarhus|signer-1|nothing"),
            line -> assertThat(line).contains("encryptTo|receiving under employment-aarhus"),
            line -> assertThat(line).contains("gateway|cms-signing.pem|sending CMS"),
            line -> assertThat(line).contains("signer-2|sending as employment-aarhus"),
            line -> assertThat(line).contains("gateway|root own|every signature under it"));
  }

  @Test
  void tellsWhatFailsByADateAndWhatDoesNot() {
    assertThat(execute("--by", day(50))).isEqualTo(1);
    assertThat(out.toString())
        .contains("receiving under employment-aarhus over https")
        .doesNotContain("signer", "cms-");
  }

  @Test
  void nothingFailsBeforeTheFirstThatMatters() {
    assertThat(execute("--by", day(20))).isZero();
    assertThat(out.toString()).contains("Nothing fails by", folder.resolve("data/keys").toString());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void warnsWhereItFindsNoFolderOfKeys() throws IOException {
    FileSystemUtils.deleteRecursively(folder.resolve("data"));

    assertThat(execute("--by", day(20))).isZero();

    assertThat(err.toString()).contains("there is no " + folder.resolve("data/keys"));
  }

  @Test
  void givesTheSameAsJson() {
    assertThat(execute("--json", "--by", day(50))).isEqualTo(1);
    assertThat(out.toString()).contains("\"owner\" : \"employment-aarhus\"", "\"fingerprint\"");
  }

  @Test
  void namesTheKeysOfTheSettingsInPlaceOfThoseInTheFolder() throws IOException {
    TestCa.Issued own = CA.client("gateway", Keys.P256);
    TestCa.write(folder.resolve("own.pem"), own.keyPem() + own.certificatePem());
    Files.writeString(
        folder.resolve("config/application.yaml"),
        """
        attestbro:
          keys:
            signing: {file: %1$s}
            retired: [{file: %1$s}]
        """
            .formatted(folder.resolve("own.pem")));

    assertThat(execute()).isZero();

    assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .anyMatch(line -> line.contains("gateway|signing|sending CMS"))
        .anyMatch(line -> line.contains("gateway|retired[0]|nothing"))
        .noneMatch(line -> line.contains("cms-signing.pem"));
  }

  @Test
  void saysWhichKeyOfTheSettingsCannotBeRead() throws IOException {
    Files.writeString(
        folder.resolve("config/application.yaml"),
        "attestbro: {keys: {signing: {kind: pkcs12, file: absent.p12}}}");

    assertThat(execute()).isEqualTo(1);
  }

  private int execute(String... args) {
    CommandLine line = Attestbro.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = new String[args.length + 5];
    all[0] = "certificates";
    all[1] = "--config";
    all[2] = folder.resolve("config").toString();
    all[3] = "--data";
    all[4] = folder.resolve("data").toString();
    System.arraycopy(args, 0, all, 5, args.length);
    return line.execute(all);
  }

  private void write(String file, int days) {
    TestCa.write(
        folder.resolve(file),
        CA.client("one", Keys.P256, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(days)))
            .certificatePem());
  }

  private static String day(int days) {
    return LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusDays(days).toString();
  }
}
