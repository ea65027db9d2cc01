package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.SenderSignature;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The CMS of another house, where it is installed: OpenSSL 3. */
class OpensslInteropTest {
  private static final TestCa CA = new TestCa("Test CA");
  private static final Payload LETTER =
      new Payload(
          "{\"resourceType\":\"Bundle\"}".getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);

  @TempDir Path folder;

  @BeforeEach
  void openssl() throws Exception {
    boolean found;
    try {
      found = run("openssl", "version").startsWith("OpenSSL 3");
    } catch (IOException absent) {
      found = false;
    }
    assumeTrue(found, "skipped: the command 'openssl' 3.x is not installed");
    TestCa.write(folder.resolve("ca.pem"), CA.certificatePem());
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void opensslReadsOurs(Keys kind) throws Exception {
    Issued sender = CA.client("sender", kind);
    Issued receiver = CA.client("receiver", kind);
    files("receiver", receiver);
    Files.write(
        folder.resolve("ours.der"),
        protection(sender).protect(LETTER, receiver.model(), Instant.now()));

    opensslVerifies(
        protection(receiver)
            .open(Files.readAllBytes(folder.resolve("ours.der")), Instant.now().plusSeconds(1))
            .signature());
    run(
        "openssl",
        "cms",
        "-decrypt",
        "-inform",
        "DER",
        "-in",
        "ours.der",
        "-binary",
        "-inkey",
        "receiver.key",
        "-recip",
        "receiver.crt",
        "-out",
        "signed.der");
    run(
        "openssl",
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        "signed.der",
        "-binary",
        "-CAfile",
        "ca.pem",
        "-purpose",
        "any",
        "-out",
        "entity");

    assertThat(Files.readString(folder.resolve("entity")))
        .isEqualTo(
            "Content-Type: application/fhir+json\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "{\"resourceType\":\"Bundle\"}");
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void weReadOpenssls(Keys kind) throws Exception {
    Issued sender = CA.client("sender", kind);
    Issued receiver = CA.client("receiver", kind);
    files("sender", sender);
    files("receiver", receiver);
    Files.write(folder.resolve("letter.json"), LETTER.bytes());
    List<String> sign =
        new ArrayList<>(
            List.of(
                "openssl",
                "cms",
                "-sign",
                "-nodetach",
                "-binary",
                "-md",
                "sha256",
                "-signer",
                "sender.crt",
                "-inkey",
                "sender.key",
                "-in",
                "letter.json",
                "-outform",
                "DER",
                "-out",
                "signed.der"));
    List<String> encrypt =
        new ArrayList<>(
            List.of(
                "openssl",
                "cms",
                "-encrypt",
                "-binary",
                "-aes-256-gcm",
                "-in",
                "signed.der",
                "-outform",
                "DER",
                "-out",
                "theirs.der",
                "-recip",
                "receiver.crt"));
    if (kind == Keys.RSA_3072) {
      sign.addAll(List.of("-keyopt", "rsa_padding_mode:pss"));
      encrypt.addAll(List.of("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"));
    } else {
      encrypt.addAll(List.of("-keyopt", "ecdh_kdf_md:sha256"));
    }

    run(sign.toArray(String[]::new));
    run(encrypt.toArray(String[]::new));
    var opened =
        protection(receiver)
            .open(Files.readAllBytes(folder.resolve("theirs.der")), Instant.now().plusSeconds(1));

    assertThat(opened.content()).isEqualTo(LETTER);
    assertThat(opened.signer()).isEqualTo(sender.model().fingerprint());
    opensslVerifies(opened.signature());
  }

  /** As docs/evidence.md says for a package. */
  private void opensslVerifies(SenderSignature kept) throws Exception {
    Files.write(folder.resolve("1.p7s"), kept.cms());
    Files.write(folder.resolve("was-signed"), kept.before());
    Files.write(folder.resolve("was-signed"), LETTER.bytes(), StandardOpenOption.APPEND);
    run(
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "1.p7s",
        "-content",
        "was-signed",
        "-noverify",
        "-out",
        "verified");
    assertThat(folder.resolve("verified")).hasSameBinaryContentAs(folder.resolve("was-signed"));
  }

  private void files(String name, Issued issued) {
    TestCa.write(folder.resolve(name + ".key"), issued.keyPem());
    TestCa.write(folder.resolve(name + ".crt"), issued.certificatePem());
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static CmsProtection protection(Issued own) {
    KeyAndCertificate pair = new KeyAndCertificate(own.key(), own.certificate());
    return new CmsProtection(pair, List.of(pair), new PrivateKeyOperations());
  }
}
