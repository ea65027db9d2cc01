package dk.attestbro.gateway.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.UserFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.gateway.wiring.GatewayServer;
import dk.attestbro.jdbc.TestPrograms;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import dk.attestbro.samples.TestCa;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as an operator runs it, with short times: TLS with client certificates or tokens, its
 * own database and broker in a folder of its own, HTTPS partners beside it.
 */
final class Gateway implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Duration LIMIT = Partner.LIMIT;
  static final String STAFF_PASSWORD = "test-password-of-everyone";
  private static final String AGREEMENTS =
      """
      agreements:
        - id: discharges
          region: "1082"
          dischargeFollowUp: {hospitalNotification: true}
      """;
  private static final char[] PASSWORD = "test".toCharArray();

  private final Path folder;
  private final TestCa ca = new TestCa("Test CA");
  private final Map<Organisation, TestCa.Issued> keys = new EnumMap<>(Organisation.class);
  private final TestCa.Issued vendor = ca.client(Organisation.VENDOR, TestCa.Keys.P256);
  private final Map<Organisation, Partner> partners = new EnumMap<>(Organisation.class);
  private final Map<String, String> tokens = new HashMap<>();
  private final Map<TestCa.Issued, HttpClient> clients = new HashMap<>();
  private final MedComFiles medCom = MedComFiles.find();
  private final Partner medComPartner;
  private final String operator;
  private final int queuePort = freePort();
  private final Map<String, String> settings = new HashMap<>();
  private GatewayServer server;
  private final HttpClient anonymous;

  Gateway() {
    try {
      this.folder = Files.createTempDirectory("attestbro-it");
      Path config = Files.createDirectories(folder.resolve("config"));
      Files.createDirectory(folder.resolve("to"));
      Files.createDirectory(folder.resolve("from"));
      TestCa.write(config.resolve("certs/ca.pem"), ca.certificatePem());
      TestCa.write(config.resolve("certs/vendor.pem"), vendor.certificatePem());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, PASSWORD);
      trusted.setCertificateEntry("ca", ca.certificate());
      keyStore("ca", trusted);
      for (Organisation one : Organisation.values()) {
        TestCa.Issued key = ca.client(one.id(), TestCa.Keys.P256);
        keys.put(one, key);
        TestCa.write(config.resolve("certs/" + one.id() + ".pem"), key.certificatePem());
        keyStore(one.id(), key.keyStore());
        if (one.hasServer()) {
          partners.put(one, new Partner(serverTls(), opener(key)));
        }
      }
      this.medComPartner = new Partner(serverTls(), UnaryOperator.identity());
      medCom.copyPackages(config.resolve("fhir/packages"));
      TestCa.Issued listener = ca.server();
      TestCa.write(config.resolve("certs/gateway.pem"), listener.certificatePem());
      TestCa.write(config.resolve("certs/gateway.key"), listener.keyPem());
      Files.writeString(config.resolve("directory.yaml"), directory());
      Files.writeString(config.resolve("agreements.yaml"), AGREEMENTS);
      Files.writeString(config.resolve("application.yaml"), "# Every setting as started.\n");
      Directory directory = YamlDirectory.read(config.resolve("directory.yaml"));
      for (var party : directory.parties()) {
        tokens.put(
            party.id().value(),
            TokenFile.append(config.resolve("tokens.yaml"), party.id(), directory));
      }
      this.operator = TokenFile.appendOperator(config.resolve("tokens.yaml"));
      users(config.resolve("users.yaml"), directory);
      // Of the tests' identity provider; it would make an RSA key.
      settings.put(
          "spring.autoconfigure.exclude",
          "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet"
              + ".OAuth2AuthorizationServerJwtAutoConfiguration");
      settings.put("attestbro.relay-period", "20");
      settings.put("attestbro.follow-up-period", "100");
      settings.put("attestbro.case-follow-up-period", "100");
      settings.put("attestbro.evidence.checkpoint-period", "200ms");
      settings.put("attestbro.lease", "2s");
      settings.put("attestbro.circuit.first-wait", "500ms");
      settings.put("attestbro.circuit.longest-wait", "1s");
      settings.put("attestbro.keys.poll", "200ms");
      settings.put("attestbro.http.response-timeout", "3s");
      settings.put("attestbro.max-message-bytes", "2000000");
      settings.put("attestbro.files.poll", "200ms");
      settings.put("attestbro.files.stable", "100ms");
      settings.put("attestbro.broker.partners.port", Integer.toString(queuePort));
      settings.put("server.ssl.certificate", config.resolve("certs/gateway.pem").toString());
      settings.put(
          "server.ssl.certificate-private-key", config.resolve("certs/gateway.key").toString());
      settings.put("server.ssl.client-auth", "want");
      TestPrograms.copyTo(folder.resolve("data/postgres"));
      this.server = GatewayServer.start(config, folder.resolve("data"), 0, settings);
      this.anonymous = HttpClient.newBuilder().sslContext(clientTls(Optional.empty())).build();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  private void keyStore(String name, KeyStore store) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".p12"))) {
      store.store(out, PASSWORD);
    }
  }

  /** The gateway's own broker, as the JMS client of this party sees it. */
  ActiveMQConnectionFactory queues(Organisation party) {
    return new ActiveMQConnectionFactory(
        "tcp://localhost:%d?sslEnabled=true;%s;%s"
            .formatted(queuePort, store("trust", "ca"), store("key", party.id())));
  }

  private String store(String use, String name) {
    return "%sStorePath=%s;%sStorePassword=%s;%sStoreType=PKCS12"
        .formatted(use, folder.resolve(name + ".p12"), use, new String(PASSWORD), use);
  }

  /** Stops it, does this to its files, and starts it again. */
  void restart(Consumer<Path> toTheFiles) {
    server.close();
    toTheFiles.accept(folder.resolve("data"));
    server = GatewayServer.start(folder.resolve("config"), folder.resolve("data"), 0, settings);
  }

  /** People of the pages: one of each role, with the same password. */
  private static void users(Path file, Directory directory) {
    String hash = Passwords.encoder().encode(STAFF_PASSWORD);
    Map<String, Staff> staff =
        Map.of(
            "anna",
            new Staff(
                "anna",
                "Anna Sag",
                Set.of(StaffRole.CASEWORKER),
                Optional.of(Organisation.AARHUS.party().id())),
            "bo",
            new Staff(
                "bo",
                "Bo Læge",
                Set.of(StaffRole.CLINICIAN),
                Optional.of(Organisation.HOVEDSTADEN.party().id())),
            "drift",
            new Staff("drift", "Dorte Drift", Set.of(StaffRole.OPERATOR), Optional.empty()),
            "leder",
            new Staff("leder", "Lis Leder", Set.of(StaffRole.LEAD), Optional.empty()),
            "revisor",
            new Staff("revisor", "Rie Revisor", Set.of(StaffRole.AUDITOR), Optional.empty()));
    staff
        .values()
        .forEach(one -> UserFile.put(file, new StaffDirectory.Entry(one, hash), directory));
  }

  /** The address of a page. */
  String url(String path) {
    return "https://localhost:" + server.port() + path;
  }

  /** Starts another one with the same configuration and data, which must not succeed. */
  void startAnother() {
    GatewayServer.start(folder.resolve("config"), folder.resolve("data"), 0).close();
  }

  /** An answer of the gateway. */
  record Answer(int status, byte[] bytes, Map<String, List<String>> headers) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(bytes);
      } catch (IOException notJson) {
        throw new AssertionError("not JSON: " + text(), notJson);
      }
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).get(0);
    }

    Payload payload() {
      return new Payload(bytes, MediaType.parse(header("Content-Type")).orElseThrow());
    }

    Answer expect(int status) {
      assertThat(this.status).as(text()).isEqualTo(status);
      return this;
    }
  }

  MedComFiles medCom() {
    return medCom;
  }

  Partner medComPartner() {
    return medComPartner;
  }

  Partner partner(Organisation organisation) {
    return partners.get(organisation);
  }

  TestCa.Issued key(Organisation organisation) {
    return keys.get(organisation);
  }

  TestCa.Issued vendor() {
    return vendor;
  }

  TestCa ca() {
    return ca;
  }

  String token(String party) {
    return tokens.get(party);
  }

  /** Sends a message to the FHIR door with the party's token. */
  Answer fhir(Organisation sender, Payload message) {
    return fhir(sender.id(), message);
  }

  Answer fhir(String sender, Payload message) {
    return post(sender, Partner.PATH, message.bytes(), message.mediaType().value());
  }

  /** POSTs JSON with the party's token. */
  Answer post(Organisation caller, String path, String json, String... headers) {
    return post(
        caller.id(), path, json.getBytes(StandardCharsets.UTF_8), "application/json", headers);
  }

  Answer post(String caller, String path, byte[] body, String type, String... headers) {
    return send(
        request(path, headers)
            .header("Authorization", "Bearer " + tokens.getOrDefault(caller, operator))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        anonymous);
  }

  Answer get(Organisation caller, String path, String... headers) {
    return get(caller.id(), path, headers);
  }

  Answer get(String caller, String path, String... headers) {
    return send(
        request(path, headers)
            .header("Authorization", "Bearer " + tokens.getOrDefault(caller, operator))
            .GET(),
        anonymous);
  }

  /** Without a token, by a client certificate. */
  Answer postAs(TestCa.Issued certificate, String path, byte[] body, String type) {
    return send(
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        client(certificate));
  }

  Answer getAs(TestCa.Issued certificate, String path) {
    return send(request(path).GET(), client(certificate));
  }

  /** Without any credentials but what the headers say. */
  Answer open(String method, String path, String body, String... headers) {
    return send(
        request(path, headers)
            .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)),
        anonymous);
  }

  /** An act of the operator. */
  Answer operate(String path) {
    return post(
        "operator",
        "/api/v1/operations/" + path,
        "{\"reason\":\"test\"}".getBytes(StandardCharsets.UTF_8),
        "application/json");
  }

  JsonNode message(Organisation caller, String letterId) {
    return get(caller, "/api/v1/messages/" + letterId).expect(200).json();
  }

  /** Waits for a status of a letter and returns what is shown of it then. */
  JsonNode awaitStatus(Organisation caller, String letterId, String status) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(message(caller, letterId).path("status").asText())
                    .as(() -> message(caller, letterId).toString())
                    .isEqualTo(status));
    return message(caller, letterId);
  }

  /** An acknowledgement in the response is recorded before the transmission that it came with. */
  JsonNode awaitTransmissions(Organisation caller, String letterId, String status, int number) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(message(caller, letterId).path("transmissions")).hasSize(number));
    return awaitStatus(caller, letterId, status);
  }

  JsonNode awaitState(Organisation caller, String caseId, String state) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(certificateCase(caller, caseId).path("state").asText())
                    .isEqualTo(state));
    return certificateCase(caller, caseId);
  }

  JsonNode certificateCase(Organisation caller, String caseId) {
    return get(caller, "/api/v1/cases/" + caseId).expect(200).json();
  }

  /** Waits for an inbox item about a letter: the letter itself. */
  JsonNode awaitInbox(Organisation receiver, String letterId) {
    String path = "/api/v1/inbox/" + letterId;
    await().atMost(LIMIT).until(() -> get(receiver, path).status() == 200);
    return get(receiver, path).json();
  }

  /** Waits for an Acknowledgement about a letter in an inbox. */
  JsonNode awaitAcknowledgementInInbox(Organisation receiver, String letterId) {
    await().atMost(LIMIT).until(() -> !acknowledgementsInInbox(receiver, letterId).isEmpty());
    return acknowledgementsInInbox(receiver, letterId).get(0);
  }

  List<JsonNode> acknowledgementsInInbox(Organisation receiver, String letterId) {
    return get(receiver, "/api/v1/inbox?limit=200")
        .expect(200)
        .json()
        .path("items")
        .findValues("letterId")
        .stream()
        .map(id -> get(receiver, "/api/v1/inbox/" + id.asText()))
        .filter(a -> a.status() == 200)
        .map(Answer::json)
        .filter(item -> item.path("content").path("acknowledges").asText().equals(letterId))
        .toList();
  }

  /** The gateway's encryption certificate as it publishes it. */
  Certificate encryptionCertificate() {
    try {
      return Certificate.of(
          ((X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(
                          new ByteArrayInputStream(
                              open("GET", "/.well-known/attestbro.pem", "").expect(200).bytes())))
              .getEncoded());
    } catch (GeneralSecurityException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Signed with this key and encrypted to the gateway. */
  Payload encrypted(Payload message, TestCa.Issued signer) {
    return new Payload(
        cms(signer).protect(message, encryptionCertificate(), Instant.now()), MediaType.CMS);
  }

  @Override
  public void close() {
    server.close();
    partners.values().forEach(Partner::close);
    medComPartner.close();
    delete(folder);
  }

  private String directory() {
    StringBuilder yaml =
        new StringBuilder(
                "gateway: {id: attestbro, name: Attestbro, sor: \"1000000000099009\", gln: \"")
            .append(Organisation.gln("579000199999"))
            .append("\"}\nparties:\n");
    for (Organisation one : Organisation.values()) {
      yaml.append(one.yaml(one.hasServer() ? partners.get(one).port() : 0, folder));
    }
    return yaml.append(medCom.yaml(medComPartner.port())).toString();
  }

  /** A folder of the organisation that sends and receives files: {@code to} or {@code from}. */
  Path folder(String way) {
    return folder.resolve(way);
  }

  /** A file of the installation. */
  Path file(String path) {
    return folder.resolve(path);
  }

  int port() {
    return server.port();
  }

  /** Opens what the gateway encrypted to this key. */
  UnaryOperator<Payload> opener(TestCa.Issued own) {
    MessageProtection cms = cms(own);
    return came -> {
      MessageProtection.Opened opened = cms.open(came.bytes(), Instant.now());
      assertThat(opened.signer()).isEqualTo(signingCertificate());
      return opened.content();
    };
  }

  /** The certificate that the operator hands to partners. */
  private Digest signingCertificate() {
    try {
      byte[] pem = Files.readAllBytes(folder.resolve("data/keys/cms-signing.pem"));
      String text = new String(pem, StandardCharsets.US_ASCII);
      String block = text.substring(text.indexOf("-----BEGIN CERTIFICATE-----"));
      return Digest.of(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)))
              .getEncoded());
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static MessageProtection cms(TestCa.Issued own) {
    KeyAndCertificate key = new KeyAndCertificate(own.key(), own.certificate());
    return new CmsProtection(key, List.of(key), new PrivateKeyOperations());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
            .timeout(Duration.ofSeconds(60));
    for (int i = 0; i < headers.length; i += 2) {
      builder.setHeader(headers[i], headers[i + 1]);
    }
    return builder;
  }

  private static Answer send(HttpRequest.Builder request, HttpClient client) {
    try {
      HttpResponse<byte[]> came =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(came.statusCode(), came.body(), came.headers().map());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopping);
    }
  }

  private synchronized HttpClient client(TestCa.Issued certificate) {
    return clients.computeIfAbsent(
        certificate, c -> HttpClient.newBuilder().sslContext(clientTls(Optional.of(c))).build());
  }

  private SSLContext serverTls() {
    // Any client certificate: which one came is looked at by the test.
    return tls(Optional.of(ca.server()), new TrustManager[] {new AnyClient()});
  }

  /** The TLS of a client that trusts this gateway. */
  SSLContext clientTls(Optional<TestCa.Issued> own) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, PASSWORD);
      trusted.setCertificateEntry("ca", ca.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      return tls(own, trust.getTrustManagers());
    } catch (IOException | GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static SSLContext tls(Optional<TestCa.Issued> own, TrustManager[] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      if (own.isPresent()) {
        factory.init(own.get().keyStore(), PASSWORD);
      }
      context.init(own.isEmpty() ? null : factory.getKeyManagers(), trust, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException leftOver) {
      throw new UncheckedIOException(leftOver);
    }
  }

  /** Lets every client certificate in. */
  private static final class AnyClient implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      assertThat(chain).isNotEmpty();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new AssertionError("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
