package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.crypto.KeySource.Kind;
import dk.attestbro.crypto.KeySource.Password;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySourcesTest {
  private static final TestCa CA = new TestCa("Issuer");
  private static final Issued OWN = CA.client("gateway", Keys.P256);
  private static final String PASSWORD = "kept-to-itself";
  private static final Predicate<PublicKey> STRONG =
      key -> !(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() >= 3072;

  @TempDir Path folder;

  @Test
  void readsPemInOneFileOrTwoWithTheIssuersAbove() {
    Path one = secret("one.pem", OWN.keyPem() + OWN.certificatePem() + CA.certificatePem());
    Path key = secret("key.pem", OWN.keyPem());
    Path chain =
        TestCa.write(folder.resolve("chain.pem"), OWN.certificatePem() + CA.certificatePem());

    KeyAndCertificate inOne = load(OwnKey.SIGNING, pem(one)).signing();
    KeyAndCertificate inTwo =
        load(
                OwnKey.TLS_CLIENT,
                new KeySource(
                    "attestbro.keys.tls-client",
                    Kind.PEM,
                    key,
                    Optional.of(chain),
                    Optional.empty(),
                    Password.NONE,
                    true))
            .tlsClient();

    assertThat(List.of(inOne, inTwo))
        .allSatisfy(
            read -> {
              assertThat(read.certificate()).isEqualTo(OWN.certificate());
              assertThat(read.issuers()).containsExactly(CA.certificate());
            });
  }

  @Test
  void sendsTheIssuersAlongWithASignature() {
    GatewayKeys keys =
        load(
            OwnKey.SIGNING,
            pem(secret("k.pem", OWN.keyPem() + OWN.certificatePem() + CA.certificatePem())));
    CmsProtection protection = new CmsProtection(keys, new PrivateKeyOperations());
    Instant now = Instant.now();

    var opened =
        protection.open(
            protection.protect(Samples.LETTER, keys.opening().get(0).model(), now), now);

    assertThat(opened.signer()).isEqualTo(OWN.model().fingerprint());
    assertThat(opened.others()).containsExactly(CA.model());
  }

  @Test
  void readsPkcs12ThatJavaMade() throws Exception {
    Path file = pkcs12("own.p12", Map.of("a", OWN, "b", CA.client("other", Keys.P256)));

    KeyAndCertificate read =
        load(OwnKey.SIGNING, pkcs12(file, Optional.of("a"), PASSWORD)).signing();

    assertThat(read.certificate()).isEqualTo(OWN.certificate());
    assertThat(read.issuers()).containsExactly(CA.certificate());
  }

  @Test
  void readsWhatOpensslMade() throws Exception {
    assumeTrue(run("openssl", "version").startsWith("OpenSSL 3"), "skipped: no openssl 3.x");
    Issued rsa = CA.client("gateway", Keys.RSA_3072);
    secret("rsa.key", rsa.keyPem());
    TestCa.write(folder.resolve("rsa.crt"), rsa.certificatePem());
    secret("ec.key", OWN.keyPem());
    TestCa.write(folder.resolve("ec.crt"), OWN.certificatePem());
    secret("password", PASSWORD + "\n");
    run(
        "openssl",
        "pkcs12",
        "-export",
        "-inkey",
        "rsa.key",
        "-in",
        "rsa.crt",
        "-out",
        "rsa.p12",
        "-passout",
        "file:password");
    run(
        "openssl",
        "pkcs8",
        "-topk8",
        "-in",
        "ec.key",
        "-out",
        "locked.key",
        "-passout",
        "file:password");
    run("openssl", "pkey", "-traditional", "-in", "rsa.key", "-out", "pkcs1.key");
    run("openssl", "pkey", "-traditional", "-in", "ec.key", "-out", "sec1.key");
    protect("rsa.p12", "locked.key", "pkcs1.key", "sec1.key");

    assertThat(
            load(OwnKey.SIGNING, locked(Kind.PKCS12, "rsa.p12", Optional.empty()))
                .signing()
                .certificate())
        .isEqualTo(rsa.certificate());
    for (String file : List.of("locked.key", "sec1.key")) {
      assertThat(
              load(OwnKey.ENCRYPTION, locked(Kind.PEM, file, Optional.of("ec.crt")))
                  .opening()
                  .get(0)
                  .certificate())
          .isEqualTo(OWN.certificate());
    }
    assertThat(
            load(OwnKey.TLS_CLIENT, locked(Kind.PEM, "pkcs1.key", Optional.of("rsa.crt")))
                .tlsClient()
                .certificate())
        .isEqualTo(rsa.certificate());
  }

  @Test
  void signsReceiptsByAKeyOfPkcs12() throws Exception {
    Path file = pkcs12("own.p12", Map.of("a", OWN));
    GatewayKeys keys = load(OwnKey.RECEIPTS, pkcs12(file, Optional.empty(), PASSWORD));

    JwsReceipts receipts = new JwsReceipts(keys, new PrivateKeyOperations());

    assertThat(JwsVerification.of(receipts.jwks()).payload(Samples.receipt(receipts).jws()))
        .isPresent();
  }

  @Test
  void tellsEveryMistakeAtOnceEachInItsOwnWordsAndNoPassword() throws Exception {
    Path wrongPassword = pkcs12("locked.p12", Map.of("a", OWN));
    Path several = pkcs12("several.p12", Map.of("a", OWN, "b", OWN));
    Path open = TestCa.write(folder.resolve("open.pem"), OWN.keyPem() + OWN.certificatePem());
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    KeysUnusable unusable =
        refusal(
            Map.of(
                OwnKey.RECEIPTS, named("receipts", pkcs12(several, Optional.empty(), PASSWORD)),
                OwnKey.SIGNING, named("signing", pkcs12(wrongPassword, Optional.empty(), "guess")),
                OwnKey.ENCRYPTION, named("encryption", pem(folder.resolve("absent.pem"))),
                OwnKey.TLS_CLIENT, named("tls-client", pkcs12(several, Optional.of("c"), PASSWORD)),
                OwnKey.LISTENER, named("listener", pem(open))));

    assertThat(unusable.problems())
        .satisfiesExactlyInAnyOrder(
            p ->
                assertThat(p)
                    .startsWith("receipts:")
                    .contains("several keys [a, b]", "as its alias"),
            p -> assertThat(p).startsWith("signing:").contains("with its password", "corrects it"),
            p -> assertThat(p).startsWith("encryption:").contains("is missing"),
            p -> assertThat(p).startsWith("tls-client:").contains("no key 'c', only [a, b]"),
            p -> assertThat(p).startsWith("listener:").contains("every user of this machine"));
    assertThat(unusable).hasMessageNotContaining(PASSWORD).hasMessageNotContaining("guess");
  }

  @Test
  void refusesAKeyThatIsNotFitForItsUse() {
    Issued other = CA.client("other", Keys.P256);
    Instant now = Instant.now();
    Issued later =
        CA.client("later", Keys.P256, now.plus(Duration.ofDays(2)), now.plus(Duration.ofDays(3)));
    Issued signsOnly = CA.client("signs", Keys.P256, KeyUsage.digitalSignature);

    assertThat(problem(OwnKey.SIGNING, OWN.keyPem() + other.certificatePem()))
        .contains("another key's certificate");
    assertThat(problem(OwnKey.ENCRYPTION, OWN.keyPem() + other.certificatePem()))
        .contains("another key's certificate");
    assertThat(problem(OwnKey.SIGNING, both(CA.expired("old", Keys.P256)))).contains("expired on");
    assertThat(problem(OwnKey.TLS_CLIENT, both(later))).contains("is valid from");
    assertThat(problem(OwnKey.SIGNING, both(CA.client("weak", Keys.RSA_1024))))
        .contains("too weak by attestbro.trust.policy");
    assertThat(problem(OwnKey.LISTENER, both(CA.client("weak", Keys.RSA_1024))))
        .contains("too weak");
    assertThat(problem(OwnKey.ENCRYPTION, both(signsOnly))).contains("not for this use");
    assertThat(problem(OwnKey.RECEIPTS, both(CA.client("p384", Keys.P384))))
        .contains("no P-256 key");
    assertThat(problem(OwnKey.SIGNING, OWN.keyPem())).contains("no certificate beside its key");
    assertThat(problem(OwnKey.SIGNING, OWN.certificatePem())).contains("no private key");
    assertThat(problem(OwnKey.SIGNING, "secret")).contains("no private key");
  }

  @Test
  void refusesATokenThatIsNotThere() {
    Path configuration =
        TestCa.write(folder.resolve("token.cfg"), "name = absent\nlibrary = /absent.so\n");

    KeysUnusable unusable =
        refusal(
            Map.of(
                OwnKey.SIGNING,
                new KeySource(
                    "attestbro.keys.signing",
                    Kind.PKCS11,
                    configuration,
                    Optional.empty(),
                    Optional.empty(),
                    new Password(Optional.empty(), "1234"),
                    true)));

    assertThat(unusable.problems())
        .singleElement()
        .asString()
        .contains("attestbro.keys.signing", "describes no token that can be used");
  }

  private String problem(OwnKey use, String pem) {
    KeysUnusable unusable = refusal(Map.of(use, pem(secret("key.pem", pem))));
    assertThat(unusable.problems()).hasSize(1);
    return unusable.problems().get(0);
  }

  private KeysUnusable refusal(Map<OwnKey, KeySource> named) {
    KeysUnusable unusable = catchThrowableOfType(KeysUnusable.class, () -> load(named));
    assertThat(unusable).isNotNull();
    return unusable;
  }

  private GatewayKeys load(OwnKey use, KeySource source) {
    return load(Map.of(use, source));
  }

  private GatewayKeys load(Map<OwnKey, KeySource> named) {
    return GatewayKeys.load(
        new KeySettings(
            folder.resolve("keys"), KeyKind.P_256, true, "Attestbro", named, List.of(), STRONG),
        Clock.systemUTC());
  }

  private static KeySource named(String setting, KeySource source) {
    return new KeySource(
        setting,
        source.kind(),
        source.file(),
        source.certificates(),
        source.alias(),
        source.password(),
        true);
  }

  private static KeySource pem(Path file) {
    return new KeySource(
        "attestbro.keys.signing",
        Kind.PEM,
        file,
        Optional.empty(),
        Optional.empty(),
        Password.NONE,
        true);
  }

  private static KeySource pkcs12(Path file, Optional<String> alias, String password) {
    return new KeySource(
        "attestbro.keys.signing",
        Kind.PKCS12,
        file,
        Optional.empty(),
        alias,
        new Password(Optional.empty(), password),
        true);
  }

  private Path pkcs12(String name, Map<String, Issued> entries) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Map.Entry<String, Issued> entry : entries.entrySet()) {
      store.setKeyEntry(
          entry.getKey(),
          entry.getValue().key(),
          PASSWORD.toCharArray(),
          new X509Certificate[] {entry.getValue().certificate(), CA.certificate()});
    }
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    protect(name);
    return file;
  }

  private static String both(Issued issued) {
    return issued.keyPem() + issued.certificatePem();
  }

  private Path secret(String name, String text) {
    Path file = TestCa.write(folder.resolve(name), text);
    protect(name);
    return file;
  }

  private void protect(String... names) {
    try {
      for (String name : names) {
        Files.setPosixFilePermissions(
            folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private String run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return said;
    } catch (IOException absent) {
      return "";
    }
  }

  private KeySource locked(Kind kind, String file, Optional<String> certificates) {
    return new KeySource(
        "attestbro.keys.signing",
        kind,
        folder.resolve(file),
        certificates.map(folder::resolve),
        Optional.empty(),
        new Password(Optional.of(folder.resolve("password")), ""),
        true);
  }
}
