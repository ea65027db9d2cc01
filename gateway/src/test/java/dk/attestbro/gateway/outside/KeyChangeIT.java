package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dk.attestbro.fhir.Messages;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.samples.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates change while the gateway runs, and nobody outside loses anything. */
@ExtendWith(RunningGateway.class)
class KeyChangeIT {
  private static final String KEYS = "data/keys/";
  private static final Pattern ALARMS =
      Pattern.compile("attestbro_alarms_total\\{code=\"KEYS_REFUSED\"[^}]*} (\\d+)");

  @Test
  void takesWhatIsOnItsWayToTheCertificateOfBefore() throws Exception {
    Certificate before = gateway().encryptionCertificate();
    Payload underWay = gateway().encrypted(request(), gateway().key(ODENSE));
    Files.copy(
        gateway().file(KEYS + "cms-encryption.pem"),
        gateway().file(KEYS + "cms-encryption-before.pem"),
        StandardCopyOption.COPY_ATTRIBUTES);
    TestCa.Issued next = gateway().ca().client("gateway", TestCa.Keys.P256);

    put(KEYS + "cms-encryption.pem", next.keyPem() + next.certificatePem());

    await().atMost(Gateway.LIMIT).until(() -> !gateway().encryptionCertificate().equals(before));
    assertThat(gateway().encryptionCertificate()).isEqualTo(next.model());
    gateway().fhir(ODENSE, underWay).expect(202);
    gateway().fhir(ODENSE, gateway().encrypted(request(), gateway().key(ODENSE))).expect(202);
  }

  @Test
  void receiptsOfBeforeVerifyByWhatIsPublishedAfter() throws Exception {
    JWSObject before = receipt();
    TestCa.Issued next = gateway().ca().client("receipts", TestCa.Keys.P256);

    put(KEYS + "receipts.pem", next.keyPem());

    await()
        .atMost(Gateway.LIMIT)
        .until(
            () -> !published().getKeys().get(0).getKeyID().equals(before.getHeader().getKeyID()));
    JWSObject after = receipt();
    assertThat(after.getHeader().getKeyID()).isNotEqualTo(before.getHeader().getKeyID());
    assertThat(verifies(before)).isTrue();
    assertThat(verifies(after)).isTrue();
  }

  @Test
  void theListenerShowsItsNewCertificateAndStillKnowsPartnersByTheirs() throws Exception {
    TestCa.Issued next = gateway().ca().server();

    put("config/certs/gateway.key", next.keyPem());
    put("config/certs/gateway.pem", next.certificatePem());

    await().atMost(Gateway.LIMIT).until(() -> shown().equals(next.model()));
    HttpClient partner =
        HttpClient.newBuilder()
            .sslContext(gateway().clientTls(Optional.of(gateway().key(ODENSE))))
            .build();
    URI inbox = URI.create("https://localhost:" + gateway().port() + "/api/v1/inbox");
    assertThat(
            partner
                .send(HttpRequest.newBuilder(inbox).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBadChangeIsAnAlarmAndTheKeyOfBeforeStays() throws Exception {
    Path file = gateway().file(KEYS + "tls-client.pem");
    String good = Files.readString(file);
    long before = alarms();

    put(KEYS + "tls-client.pem", "no key");

    await().atMost(Gateway.LIMIT).until(() -> alarms() > before);
    put(KEYS + "tls-client.pem", good);
    gateway().fhir(ODENSE, request()).expect(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"})
  void refusesSuitesWithoutAuthenticatedEncryption(String suite) throws Exception {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksTls(String protocol) throws Exception {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      assertThat(socket.getSession().getCipherSuite()).containsAnyOf("_GCM_", "_CHACHA20_");
    }
  }

  /** By hand, since no Java of today offers TLS 1.1. */
  @Test
  void refusesTls11() throws Exception {
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(hello);
    body.writeShort(0x0302);
    body.write(new byte[32]);
    body.writeByte(0);
    int[] suites = {0xc009, 0xc00a, 0xc013, 0xc014, 0x002f};
    body.writeShort(2 * suites.length);
    for (int suite : suites) {
      body.writeShort(suite);
    }
    body.writeShort(0x0100);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway().port())) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte(22);
      out.writeShort(0x0301);
      out.writeShort(hello.size() + 4);
      out.writeByte(1);
      out.writeByte(0);
      out.writeShort(hello.size());
      out.write(hello.toByteArray());
      out.flush();

      byte[] answer = socket.getInputStream().readNBytes(7);
      assertThat(answer).startsWith(21).endsWith(2, 70);
    }
  }

  private static Payload request() {
    return Messages.at(Instant.now())
        .between(ODENSE.party(), SYD.party())
        .request(MediaType.FHIR_JSON);
  }

  private static JWSObject receipt() throws Exception {
    return JWSObject.parse(
        gateway().fhir(ODENSE, request()).expect(202).json().path("jws").asText());
  }

  private static JWKSet published() throws Exception {
    return JWKSet.parse(gateway().open("GET", "/.well-known/jwks.json", "").text());
  }

  private static boolean verifies(JWSObject jws) throws Exception {
    JWK key = published().getKeyByKeyId(jws.getHeader().getKeyID());
    return jws.verify(new ECDSAVerifier(key.toECKey()));
  }

  private static Certificate shown() throws Exception {
    try (SSLSocket socket = socket()) {
      socket.startHandshake();
      return Certificate.of(socket.getSession().getPeerCertificates()[0].getEncoded());
    }
  }

  private static SSLSocket socket() throws IOException {
    return (SSLSocket)
        gateway()
            .clientTls(Optional.empty())
            .getSocketFactory()
            .createSocket("localhost", gateway().port());
  }

  private static long alarms() {
    Matcher counted = ALARMS.matcher(gateway().get("operator", "/actuator/prometheus").text());
    return counted.find() ? Long.parseLong(counted.group(1)) : 0;
  }

  private static void put(String file, String pem) throws IOException {
    Path made = TestCa.write(gateway().file(file + ".new"), pem);
    Files.move(made, gateway().file(file), StandardCopyOption.ATOMIC_MOVE);
  }
}
