package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.crypto.GatewayKeys.Look;
import dk.attestbro.crypto.KeySource.Kind;
import dk.attestbro.crypto.KeySource.Password;
import dk.attestbro.http.OneKey;
import dk.attestbro.http.TlsIdentity;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.AuthProvider;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that never leave their token, with SoftHSM where it is installed (docs/keys.md). */
class TokenKeysTest {
  private static final String PIN = "4711";
  private static final TestCa CA = new TestCa("Issuer");
  private static final Issued SERVER = CA.server();
  private static Path token;
  private static Path plain;

  @TempDir Path folder;

  @BeforeAll
  static void softHsm() throws Exception {
    Optional<Path> library =
        Stream.of("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/local/lib/softhsm")
            .map(place -> Path.of(place, "libsofthsm2.so"))
            .filter(Files::exists)
            .findFirst();
    String configuration = System.getenv("SOFTHSM2_CONF");
    assumeTrue(
        library.isPresent() && configuration != null,
        "skipped: SoftHSM is not installed (apt-get install softhsm2), or SOFTHSM2_CONF is not set");
    Path home = Path.of(configuration).toAbsolutePath().getParent();
    Path tokens = Files.createDirectories(home.resolve("tokens-" + ProcessHandle.current().pid()));
    Files.writeString(
        Path.of(configuration), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    Process made =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "test",
                "--pin",
                PIN,
                "--so-pin",
                PIN)
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
    token =
        Files.writeString(
            home.resolve("token.cfg"),
            """
            name = AttestbroTest
            library = %s
            slotListIndex = 0
            attributes(*,CKO_PRIVATE_KEY,*) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
            }
            attributes(*,CKO_PRIVATE_KEY,CKK_EC) = {
              CKA_DERIVE = true
            }
            attributes(*,CKO_SECRET_KEY,CKK_GENERIC_SECRET) = {
              CKA_SENSITIVE = false
              CKA_EXTRACTABLE = true
            }
            """
                .formatted(library.get()));
    plain =
        Files.writeString(
            home.resolve("plain.cfg"),
            "name = AttestbroPlain\nlibrary = " + library.get() + "\nslotListIndex = 0\n");
    put(token, "ec", CA.client("gateway", Keys.P256));
    put(token, "rsa", CA.client("gateway", Keys.RSA_3072));
    put(token, "server", SERVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec", "rsa"})
  void signsAndOpensAndTheKeyNeverLeavesTheToken(String alias) {
    GatewayKeys keys =
        load(
            Map.of(
                OwnKey.SIGNING, source(token, alias, PIN),
                OwnKey.ENCRYPTION, source(token, alias, PIN)));
    CmsProtection protection = new CmsProtection(keys, new PrivateKeyOperations());
    Instant now = Instant.now();

    var opened =
        protection.open(
            protection.protect(Samples.LETTER, keys.opening().get(0).model(), now), now);

    assertThat(opened.content()).isEqualTo(Samples.LETTER);
    assertThat(opened.signer()).isEqualTo(keys.signing().model().fingerprint());
    assertThat(keys.signing().key().getEncoded()).isNull();
  }

  @Test
  void opensOlderMailsWithThePaddingOfPkcs1() throws Exception {
    KeyAndCertificate rsa =
        load(Map.of(OwnKey.ENCRYPTION, source(token, "rsa", PIN))).opening().get(0);
    Cipher encrypting = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    encrypting.init(Cipher.ENCRYPT_MODE, rsa.certificate().getPublicKey());

    assertThat(new Opening(KeyEngine.of(rsa)).pkcs1(encrypting.doFinal(new byte[] {1, 2, 3})))
        .containsExactly(1, 2, 3);
  }

  @Test
  void signsReceiptsThatThePublishedKeyVerifies() {
    GatewayKeys keys = load(Map.of(OwnKey.RECEIPTS, source(token, "ec", PIN)));
    JwsReceipts receipts = new JwsReceipts(keys, new PrivateKeyOperations());

    assertThat(JwsVerification.of(receipts.jwks()).payload(Samples.receipt(receipts).jws()))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void identifiesBothEndsOfTls(String protocol) throws Exception {
    GatewayKeys keys =
        load(
            Map.of(
                OwnKey.LISTENER, source(token, "server", PIN),
                OwnKey.TLS_CLIENT, source(token, "rsa", PIN)));
    SSLContext listener = context(keys.current().listener().orElseThrow());
    SSLContext client = context(keys.tlsClient());

    try (SSLServerSocket server =
        (SSLServerSocket) listener.getServerSocketFactory().createServerSocket(0)) {
      server.setNeedClientAuth(true);
      CompletableFuture<X509Certificate> shown =
          CompletableFuture.supplyAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                  accepted.getInputStream().read();
                  return (X509Certificate) accepted.getSession().getPeerCertificates()[0];
                } catch (IOException failed) {
                  throw new java.io.UncheckedIOException(failed);
                }
              });
      try (SSLSocket socket =
          (SSLSocket) client.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
        socket.setEnabledProtocols(new String[] {protocol});
        socket.getOutputStream().write(1);

        assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(SERVER.certificate());
        assertThat(shown.get(20, TimeUnit.SECONDS)).isEqualTo(keys.tlsClient().certificate());
      }
    }
  }

  @Test
  void takesTheKeyThatReplacedAnotherOnceTheConfigurationIsTouched() throws Exception {
    put(token, "turning", CA.client("gateway", Keys.P256));
    GatewayKeys keys = load(Map.of(OwnKey.SIGNING, source(token, "turning", PIN)));
    Issued next = CA.client("gateway", Keys.P256);
    put(token, "turning", next);
    Files.setLastModifiedTime(token, FileTime.from(Instant.now().plusSeconds(60)));

    keys.look();

    assertThat(keys.look()).isInstanceOf(Look.Taken.class);
    assertThat(keys.signing().model()).isEqualTo(next.model());
  }

  @Test
  void triesAWrongPinOnceForAllKeysOfTheToken() throws Exception {
    ((AuthProvider) TokenLogins.provider(source(token, "ec", PIN))).logout();
    Map<OwnKey, KeySource> named = new EnumMap<>(OwnKey.class);
    named.put(OwnKey.SIGNING, source(token, "ec", "0815"));
    named.put(OwnKey.ENCRYPTION, source(token, "ec", "0815"));

    assertThat(refusal(named).problems())
        .satisfiesExactly(
            p -> assertThat(p).contains("does not take its PIN; whoever").doesNotContain("0815"),
            p -> assertThat(p).contains("does not take its PIN (told above)"));
  }

  @Test
  void refusesAKeyThatTheTokenDoesNotLetOpen() throws Exception {
    put(plain, "no-derive", CA.client("gateway", Keys.P256));

    assertThat(refusal(Map.of(OwnKey.ENCRYPTION, source(plain, "no-derive", PIN))).problems())
        .singleElement()
        .asString()
        .contains("does not open with this key", "CKR_");
  }

  private static void put(Path configuration, String alias, Issued issued) throws Exception {
    KeyStore store =
        KeyStore.getInstance("PKCS11", TokenLogins.provider(source(configuration, alias, PIN)));
    store.load(null, PIN.toCharArray());
    if (store.containsAlias(alias)) {
      store.deleteEntry(alias);
    }
    store.setKeyEntry(alias, issued.key(), null, new X509Certificate[] {issued.certificate()});
  }

  private KeysUnusable refusal(Map<OwnKey, KeySource> named) {
    KeysUnusable unusable = catchThrowableOfType(KeysUnusable.class, () -> load(named));
    assertThat(unusable).isNotNull();
    return unusable;
  }

  private GatewayKeys load(Map<OwnKey, KeySource> named) {
    return GatewayKeys.load(
        new KeySettings(folder, KeyKind.P_256, true, "Attestbro", named, List.of(), key -> true),
        Clock.systemUTC());
  }

  private static KeySource source(Path configuration, String alias, String pin) {
    return new KeySource(
        "attestbro.keys.signing",
        Kind.PKCS11,
        configuration,
        Optional.empty(),
        Optional.of(alias),
        new Password(Optional.empty(), pin),
        true);
  }

  private static SSLContext context(KeyAndCertificate own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new OneKey(new TlsIdentity(own.key(), own.chain()))},
        new TrustManager[] {new Anyone()},
        null);
    return context;
  }

  private static final class Anyone extends javax.net.ssl.X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
