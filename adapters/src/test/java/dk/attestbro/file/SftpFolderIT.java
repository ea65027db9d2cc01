package dk.attestbro.file;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.samples.Deliveries;
import dk.attestbro.samples.SftpServer;
import dk.attestbro.samples.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a real SFTP server keeps the contract, and only the right server and key count. */
final class SftpFolderIT extends FolderContract {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static KeyPair host;
  private static KeyPair user;

  @TempDir static Path kept;

  /** One server and one connection for all: making a connection takes longer than the rest. */
  private static SftpServer server;

  private static Folders folders;

  @TempDir Path own;

  /** Where the server is said to be; 0 where it is. */
  private int port;

  @BeforeAll
  static void startServer() throws GeneralSecurityException, IOException {
    host = TestKeys.rsa(2048);
    user = TestKeys.rsa(2048);
    server = new SftpServer(host, user.getPublic());
    set(kept, user);
    folders = open(kept);
  }

  @AfterAll
  static void stop() {
    folders.close();
    server.close();
  }

  @Override
  void start() throws IOException {
    set(own, user);
  }

  private static void set(Path folder, KeyPair key) throws IOException {
    server.writeKnownHosts(folder.resolve("known_hosts"));
    writeKey(folder, key);
  }

  @Test
  void reachesNoServerWhoseKeyItDoesNotKnow() throws IOException {
    Files.writeString(own.resolve("known_hosts"), "");

    assertThat(outcome()).isEqualTo(failure("HOST_KEY_UNKNOWN", true));
    assertThat(root.resolve("in")).isEmptyDirectory();
  }

  @Test
  void saysThatTheServerDoesNotTakeItsKey() throws IOException {
    writeKey(own, host);

    assertThat(outcome()).isEqualTo(failure("SFTP_NOT_ALLOWED", true));
  }

  @Test
  void saysThatAServerIsDown() {
    port = 1;

    assertThat(outcome()).isEqualTo(failure("CONNECT_FAILED", false));
  }

  @Test
  void saysThatItHasNoKey() throws IOException {
    Files.delete(own.resolve("key.pem"));

    assertThat(outcome()).isEqualTo(failure("SFTP_NOT_CONFIGURED", true));
  }

  private static DeliveryOutcome failure(String code, boolean alarm) {
    return new DeliveryOutcome.TransientFailure(code, Optional.empty(), false, alarm);
  }

  /** By a client that has reached nothing yet. */
  private DeliveryOutcome outcome() {
    try (Folders fresh = open(own)) {
      return new FileDelivery(fresh, Clock.systemUTC())
          .deliver(
              Deliveries.to(
                  Endpoint.Channel.FILE,
                  address("in"),
                  BundleId.random(),
                  new Payload("{}".getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON)));
    }
  }

  private static Folders open(Path own) {
    return new Folders(
        new SftpSettings(
            Optional.of(own.resolve("key.pem")),
            Optional.of(own.resolve("known_hosts")),
            LIMIT,
            LIMIT));
  }

  private static void writeKey(Path own, KeyPair key) throws IOException {
    Files.writeString(
        own.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  @Override
  URI address(String folder) {
    return URI.create("sftp://" + SftpServer.USER + "@127.0.0.1:" + port() + root.resolve(folder));
  }

  private int port() {
    return port == 0 ? server.port() : port;
  }

  @Override
  Folders folders() {
    return folders;
  }
}
