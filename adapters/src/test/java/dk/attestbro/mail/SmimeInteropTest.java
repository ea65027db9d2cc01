package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.port.MailReader.Policy;
import dk.attestbro.port.MailReading;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S/MIME of other houses, where they are installed: OpenSSL 3 and GnuPG's gpgsm, both ways. */
class SmimeInteropTest {
  private static final Issued RSA = Mails.CA.writer(Mails.ADDRESS, Keys.RSA_3072);
  private static final Issued EC = Mails.WRITER;
  private static final List<String> ENCRYPTIONS =
      List.of("", "-aes-128-gcm", "-aes-256-gcm", "-aes-256-cbc");
  private static final boolean OPENSSL = says("OpenSSL 3", "openssl", "version");
  private static final boolean GPGSM = says("gpgsm", "gpgsm", "--version");

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  @TempDir static Path folder;

  /** How a sender signs. */
  private enum Signing {
    RSA_PKCS1(RSA, "rsa"),
    RSA_PSS(RSA, "rsa", "-keyopt", "rsa_padding_mode:pss"),
    ECDSA(EC, "ec");

    private final Issued signer;
    private final String file;
    private final List<String> options;

    Signing(Issued signer, String file, String... options) {
      this.signer = signer;
      this.file = file;
      this.options = List.of(options);
    }
  }

  /** How the lines of a mail look, and how OpenSSL is told to leave them so. */
  private enum Lines {
    LF("Content-Type: text/plain\n\nKaere laege\nattest\n"),
    LF_EXACT("Content-Type: text/plain\n\nKaere laege\nattest\n", "-binary"),
    CRLF("Content-Type: text/plain\r\n\r\nKaere laege\r\nattest\r\n", "-crlfeol"),
    LONG("Content-Type: text/plain\r\n\r\n" + "laege ".repeat(2000) + "\r\n", "-crlfeol"),
    EIGHT_BIT(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + "Kære læge\r\n",
        "-crlfeol");

    private final String entity;
    private final List<String> options;

    Lines(String entity, String... options) {
      this.entity = entity;
      this.options = List.of(options);
    }
  }

  @BeforeAll
  static void files() throws Exception {
    for (Issued each : List.of(RSA, EC)) {
      String name = each == RSA ? "rsa" : "ec";
      TestCa.write(folder.resolve(name + ".key"), each.keyPem());
      TestCa.write(folder.resolve(name + ".crt"), each.certificatePem());
    }
    TestCa.write(folder.resolve("ca.pem"), Mails.CA.certificatePem());
    Files.writeString(folder.resolve("passphrase"), "test");
  }

  @AfterAll
  static void agentEnds() throws Exception {
    if (Files.exists(folder.resolve("gnupg"))) {
      run("gpgconf", "--homedir", "gnupg", "--kill", "all");
    }
  }

  @ParameterizedTest
  @EnumSource
  void weReadWhateverOpensslWrites(Signing signing) throws Exception {
    assumeTrue(OPENSSL, "skipped: the command 'openssl' 3.x is not installed");
    List<String> unread = new ArrayList<>();
    for (Lines lines : Lines.values()) {
      Files.writeString(folder.resolve("entity"), lines.entity);
      for (boolean inside : new boolean[] {true, false}) {
        List<String> sign = command("openssl cms -sign -md sha256 -in entity -out signed");
        sign.addAll(List.of("-signer", signing.file + ".crt", "-inkey", signing.file + ".key"));
        sign.addAll(signing.options);
        sign.addAll(lines.options);
        sign.addAll(inside ? List.of("-nodetach") : List.of());
        run(sign);
        for (String encryption : ENCRYPTIONS) {
          MailReading reading = read(mailed(encrypted(signing, encryption, lines)));
          if (!isLetter(reading, !encryption.isEmpty())) {
            unread.add(lines + (inside ? " inside " : " beside ") + encryption + ": " + reading);
          }
        }
      }
    }
    assertThat(unread).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void opensslReadsWhateverWeWrite(Keys kind) throws Exception {
    assumeTrue(OPENSSL, "skipped: the command 'openssl' 3.x is not installed");
    Issued own = kind == Keys.P256 ? EC : RSA;
    String name = kind == Keys.P256 ? "ec" : "rsa";
    byte[] entity = Lines.EIGHT_BIT.entity.getBytes(StandardCharsets.UTF_8);
    Files.write(
        folder.resolve("ours"),
        mailed(Mails.smime(own).protect(entity, own.model(), Instant.now())));
    Files.write(folder.resolve("clear"), mailed(Mails.smime(own).sign(entity, Instant.now())));

    run(command("openssl cms -decrypt -in ours -out signed -inkey %1$s.key -recip %1$s.crt", name));
    run(command("openssl cms -verify -in signed -CAfile ca.pem -out entity"));
    run(command("openssl cms -verify -in clear -CAfile ca.pem -out entity-of-clear"));

    assertThat(Files.readAllBytes(folder.resolve("entity"))).isEqualTo(entity);
    assertThat(Files.readAllBytes(folder.resolve("entity-of-clear"))).isEqualTo(entity);
  }

  /** It takes no elliptic keys of ours (2.2.40), and signs by PKCS#1 alone. */
  @Test
  void weReadWhateverGpgsmWrites() throws Exception {
    assumeTrue(GPGSM && OPENSSL, "skipped: the commands 'gpgsm' and 'openssl' are not installed");
    gpgsmHome();
    List<String> unread = new ArrayList<>();
    for (Lines lines : List.of(Lines.LF, Lines.CRLF, Lines.LONG, Lines.EIGHT_BIT)) {
      Files.writeString(folder.resolve("entity"), lines.entity);
      for (boolean inside : new boolean[] {true, false}) {
        List<String> sign = gpgsm("--output signed.der --local-user " + fingerprint(RSA));
        sign.addAll(List.of(inside ? "--sign" : "--detach-sign", "entity"));
        run(sign);
        byte[] signed = gpgsmSigned(inside, lines.entity);
        Files.write(folder.resolve("signed"), signed);
        List<String> encrypt = gpgsm("--cipher-algo AES256 --output enveloped.der --encrypt");
        encrypt.addAll(List.of("--recipient", fingerprint(RSA), "signed"));
        run(encrypt);
        byte[] encrypted =
            Mails.pkcs7("enveloped-data", Files.readAllBytes(folder.resolve("enveloped.der")));
        if (!isLetter(read(mailed(signed)), false) || !isLetter(read(mailed(encrypted)), true)) {
          unread.add(lines + (inside ? " inside" : " beside"));
        }
      }
    }
    assertThat(unread).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void gpgsmVerifiesWhateverWeSign(Keys kind) throws Exception {
    assumeTrue(GPGSM && OPENSSL, "skipped: the commands 'gpgsm' and 'openssl' are not installed");
    gpgsmHome();
    byte[] entity = Lines.EIGHT_BIT.entity.getBytes(StandardCharsets.UTF_8);
    String clear =
        Mails.text(Mails.smime(kind == Keys.P256 ? EC : RSA).sign(entity, Instant.now()));
    String signature = clear.substring(clear.lastIndexOf("\r\n\r\n"), clear.lastIndexOf("\r\n--"));
    Files.write(folder.resolve("entity"), entity);
    Files.write(folder.resolve("signature.der"), Base64.getMimeDecoder().decode(signature));

    run(gpgsm("--verify signature.der entity"));
  }

  private static byte[] encrypted(Signing signing, String encryption, Lines lines)
      throws Exception {
    if (encryption.isEmpty()) {
      return Files.readAllBytes(folder.resolve("signed"));
    }
    // The receiver's key is of the signer's kind, so that each kind is met with each algorithm.
    List<String> encrypt = command("openssl cms -encrypt -in signed -out encrypted " + encryption);
    encrypt.addAll(lines.options);
    encrypt.addAll(List.of("-recip", signing.file + ".crt"));
    encrypt.addAll(
        signing.file.equals("ec") ? List.of("-keyopt", "ecdh_kdf_md:sha256") : List.of());
    run(encrypt);
    return Files.readAllBytes(folder.resolve("encrypted"));
  }

  private static byte[] gpgsmSigned(boolean inside, String entity) throws IOException {
    byte[] cms = Files.readAllBytes(folder.resolve("signed.der"));
    return inside
        ? Mails.pkcs7("signed-data", cms)
        : Mails.joined(
            Mails.bytes(
                "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";"
                    + " boundary=sig\r\n\r\n--sig\r\n"
                    + entity
                    + "\r\n--sig\r\nContent-Type: application/pkcs7-signature\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n"),
            Base64.getMimeEncoder().encode(cms),
            Mails.bytes("\r\n--sig--\r\n"));
  }

  private static void gpgsmHome() throws Exception {
    Path home = folder.resolve("gnupg");
    if (Files.exists(home)) {
      return;
    }
    Files.createDirectory(home, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    Files.writeString(home.resolve("gpgsm.conf"), "disable-crl-checks\n");
    Files.writeString(home.resolve("gpg-agent.conf"), "allow-loopback-pinentry\n");
    Files.writeString(
        home.resolve("trustlist.txt"), sha1(Mails.CA.certificate().getEncoded()) + " S relax\n");
    run(gpgsm("--import ca.pem"));
    // It reads no PKCS#12 as Java and OpenSSL write it by default.
    run(
        command(
            "openssl pkcs12 -export -in rsa.crt -inkey rsa.key -passout pass:test -out rsa.p12"
                + " -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"));
    run(gpgsm("--import rsa.p12"));
  }

  private static List<String> gpgsm(String options) {
    return command(
        "gpgsm --homedir gnupg --batch --yes --quiet --pinentry-mode loopback --passphrase-fd 0 "
            + options);
  }

  private static String fingerprint(Issued issued) throws Exception {
    return "0x" + sha1(issued.certificate().getEncoded());
  }

  private static String sha1(byte[] bytes) throws Exception {
    return HexFormat.of()
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
  }

  private static byte[] mailed(byte[] entity) {
    return Mails.joined(
        Mails.bytes("From: " + Mails.ADDRESS + "\r\nMessage-ID: <1@aarhus.example>\r\n"), entity);
  }

  /** As a gateway with both keys, for a sender who is allowed AES-CBC. */
  private static MailReading read(byte[] mail) {
    MailReading reading = Mails.reader(EC).read(mail, from -> new Policy(true, false));
    return reading instanceof MailReading.Read
        ? reading
        : Mails.reader(RSA).read(mail, from -> new Policy(true, false));
  }

  private static boolean isLetter(MailReading reading, boolean encrypted) {
    return reading instanceof MailReading.Read read
        && read.signature().filter(s -> s.encrypted() == encrypted).isPresent()
        && read.contents().text().matches("(?s)(K(ae|æ)re )?l(ae|æ)ge.*");
  }

  private static List<String> command(String words, Object... arguments) {
    return Arrays.stream(words.formatted(arguments).split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean says(String expected, String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && said.startsWith(expected);
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(List<String> command) throws Exception {
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(folder.resolve("passphrase").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(() -> String.join(" ", command) + "\n" + text(output))
        .isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
