package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.attestbro.gateway.demo.RememberingPartner.Way;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest message through a gateway with a small heap, and what is too large or a bomb. Its log
 * is what a collector gets.
 */
class LargeMessageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Times that each bomb is sent. */
  private static final int BOMBS = 4;

  private static final int LIMIT = 100_000_000;
  private static final int LARGE = 99_000_000;
  private static final String HEAP = System.getProperty("large.heap", "1g");

  /**
   * It alone has the processor's AES and SHA instructions; it compiles what runs that often, and
   * what ciphers, hashes and reads base64 a hundred times sooner: there a call is long.
   */
  private static final List<String> SECOND_COMPILER =
      List.of(
          "-XX:TieredStopAtLevel=4",
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=100000",
          "-XX:Tier4CompileThreshold=200000",
          "-XX:Tier4BackEdgeThreshold=1000000",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.01",
          "-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.*::*,0.01",
          "-XX:CompileCommand=CompileThresholdScaling,dk.attestbro.fhir.Base64Span::*,0.01");

  /** For the partners' TLS: in this test's process only, and only while it runs. */
  private static final AmazonCorrettoCryptoProvider AWS_LC = AmazonCorrettoCryptoProvider.INSTANCE;

  @BeforeAll
  static void quickCiphers() {
    if (AWS_LC.getLoadingError() == null) {
      Security.insertProviderAt(AWS_LC, 1);
    }
  }

  @AfterAll
  static void ciphersAsBefore() {
    Security.removeProvider(AWS_LC.getName());
  }

  @Test
  void theLargestMessagePassesAndWhatIsTooLargeOrABombIsRefused(@TempDir Path folder)
      throws IOException {
    Clock clock = Clock.systemUTC();
    ThrowawayAuthority authority = new ThrowawayAuthority(clock);
    ThrowawayKey odense = authority.issue("odense", KeyKind.P_256);
    ThrowawayKey aarhus = authority.issue("aarhus", KeyKind.P_256);
    Path certs = Files.createDirectories(folder.resolve("config/certs"));
    Files.writeString(certs.resolve("ca.pem"), ThrowawayAuthority.pem(authority.certificate()));
    Files.writeString(certs.resolve("odense.pem"), odense.pem());
    AtomicReference<Optional<Digest>> inClear = new AtomicReference<>(Optional.empty());
    AtomicReference<Optional<Digest>> encrypted = new AtomicReference<>(Optional.empty());
    CmsOpener opener = new CmsOpener(odense);
    int odensePort = GatewayProcess.freePort();
    int aarhusPort = GatewayProcess.freePort();
    try (PartnerListener toOdense =
            PartnerListener.on(
                odensePort,
                odense,
                authority.certificate(),
                any -> true,
                (body, type) -> {
                  if (body.length > LARGE) {
                    encrypted.set(Optional.of(opener.open(body).content().sha256()));
                  }
                  return PartnerListener.Response.empty(202);
                });
        PartnerListener toAarhus =
            PartnerListener.on(
                aarhusPort,
                aarhus,
                authority.certificate(),
                any -> true,
                (body, type) -> {
                  if (body.length >= LARGE) {
                    inClear.set(Optional.of(Digest.of(body)));
                  }
                  return PartnerListener.Response.empty(202);
                });
        RememberingPartner psychiatry =
            new RememberingPartner(Organisations.SYD, Way.SAYS_NOTHING);
        Installation gateway =
            new Installation(
                folder,
                Map.of(
                    Organisations.SYD,
                    Installation.plainEndpoint(psychiatry.port()),
                    Organisations.ODENSE,
                    tls(odensePort) + "encryptTo: certs/odense.pem\n",
                    Organisations.AARHUS,
                    tls(aarhusPort)))) {
      List<String> options = new ArrayList<>(SECOND_COMPILER);
      options.add("-Xmx" + HEAP);
      options.add("-Dlogging.structured.format.console=ecs");
      gateway.start(options.toArray(String[]::new));

      passes(gateway, Organisations.AARHUS, inClear);
      passes(gateway, Organisations.ODENSE, encrypted);
      staysUpWhereManyLargeOnesComeAtOnce(gateway);
      refusesWhatSaysThatItIsTooLarge(gateway);
      refusesWhatTurnsOutTooLarge(gateway);
      refusesBombs(gateway);
      gateway.stop();
      assertThat(Files.readString(gateway.log())).doesNotContain("OutOfMemoryError");
      assertThat(Files.readAllLines(gateway.log()))
          .as("the log from its first line to its last")
          .isNotEmpty()
          .allMatch(LargeMessageIT::isForACollector);
    }
  }

  private static boolean isForACollector(String line) {
    try {
      return JSON.readTree(line).hasNonNull("message");
    } catch (JsonProcessingException other) {
      return false;
    }
  }

  private static String tls(int port) {
    return Installation.plainEndpoint(port).replace("http://", "https://")
        + "trust: certs/ca.pem\n";
  }

  private static void passes(
      Installation gateway, Organisations to, AtomicReference<Optional<Digest>> arrived) {
    CaseId caseId = CaseId.random();
    LetterId request = LetterId.random();
    Payload asked =
        gateway.letter(
            request,
            to,
            Organisations.SYD,
            caseId,
            gateway.contents.request(),
            Optional.empty(),
            MediaType.FHIR_JSON);
    gateway.api.process(gateway.token(to), asked).expect(202);
    Payload small =
        gateway.letter(
            LetterId.random(),
            Organisations.SYD,
            to,
            caseId,
            gateway.contents.reply(),
            Optional.of(gateway.messages.reader().read(asked)),
            MediaType.FHIR_JSON);
    Payload large = grown(small, gateway.contents.pdf());
    long from = System.nanoTime();
    gateway.api.process(gateway.token(Organisations.SYD), large).expect(202);
    double accepted = (System.nanoTime() - from) / 1e9;
    Await.until(
        "the large message at " + to + " (the gateway's log: " + gateway.endOfLog() + ")",
        Duration.ofMinutes(2),
        () -> arrived.get().isPresent() ? Optional.of(true) : Optional.empty());
    System.out.printf(
        "LargeMessageIT: %d bytes to %s: Receipt after %.1f s, there after %.1f s, heap %s%n",
        large.size(), to.id(), accepted, (System.nanoTime() - from) / 1e9, HEAP);
    assertThat(arrived.get()).contains(large.sha256());
  }

  /** The same message with a PDF that fills it to the size wanted. */
  private static Payload grown(Payload small, byte[] pdf) {
    String text = new String(small.bytes(), StandardCharsets.UTF_8);
    String data = Base64.getEncoder().encodeToString(pdf);
    assertThat(text).contains(data);
    int at = text.indexOf(data);
    int room = LARGE - (text.length() - data.length());
    byte[] large = Arrays.copyOf(pdf, room / 4 * 3);
    Arrays.fill(large, pdf.length, large.length, (byte) ' ');
    byte[] coded = Base64.getEncoder().encode(large);
    byte[] head = text.substring(0, at).getBytes(StandardCharsets.UTF_8);
    byte[] tail = text.substring(at + data.length()).getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(head, head.length + coded.length + tail.length);
    System.arraycopy(coded, 0, whole, head.length, coded.length);
    System.arraycopy(tail, 0, whole, head.length + coded.length, tail.length);
    return new Payload(whole, MediaType.FHIR_JSON);
  }

  /** Together they are larger than the heap; small ones pass by them. */
  private static void staysUpWhereManyLargeOnesComeAtOnce(Installation gateway) throws IOException {
    List<Socket> announced = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      Socket socket = connect(gateway);
      announced.add(socket);
      head(socket, gateway, "Content-Length: " + LARGE);
      socket.getOutputStream().write('{');
    }
    for (int i = 0; i < 5; i++) {
      gateway.api.process(
          gateway.token(Organisations.SYD),
          new Payload(new byte[] {'{', '}'}, MediaType.FHIR_JSON));
    }
    for (Socket socket : announced) {
      socket.close();
    }
  }

  /** Not a byte of the body is sent, and the answer is there. */
  private static void refusesWhatSaysThatItIsTooLarge(Installation gateway) throws IOException {
    try (Socket socket = connect(gateway)) {
      head(socket, gateway, "Content-Length: " + (LIMIT + 1L));
      assertThat(status(socket)).contains(" 413");
    }
  }

  private static void refusesWhatTurnsOutTooLarge(Installation gateway) throws IOException {
    try (Socket socket = connect(gateway)) {
      head(socket, gateway, "Transfer-Encoding: chunked");
      OutputStream out = socket.getOutputStream();
      byte[] chunk = new byte[1_000_000];
      Arrays.fill(chunk, (byte) ' ');
      for (int i = 0; i < LIMIT / chunk.length; i++) {
        out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.write("1\r\n \r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(status(socket)).contains(" 413");
    }
  }

  private static void refusesBombs(Installation gateway) {
    StringBuilder entities =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a0 \"x\">");
    for (int i = 1; i < 12; i++) {
      entities.append("<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">");
    }
    entities.append("]><Bundle xmlns=\"http://hl7.org/fhir\"><id value=\"&a11;\"/></Bundle>");
    bomb(gateway, "billion laughs", MediaType.FHIR_XML, entities.toString());
    bomb(
        gateway,
        "deep JSON",
        MediaType.FHIR_JSON,
        "{\"resourceType\":\"Bundle\",\"a\":"
            + "[".repeat(1_000_000)
            + "]".repeat(1_000_000)
            + "}");
    bomb(
        gateway,
        "deep XML",
        MediaType.FHIR_XML,
        "<Bundle xmlns=\"http://hl7.org/fhir\">"
            + "<a>".repeat(500_000)
            + "</a>".repeat(500_000)
            + "</Bundle>");
    bomb(
        gateway,
        "a million elements in JSON",
        MediaType.FHIR_JSON,
        "{\"resourceType\":\"Bundle\",\"entry\":[" + "{\"a\":1},".repeat(1_000_000) + "{}]}");
    bomb(
        gateway,
        "a million elements in XML",
        MediaType.FHIR_XML,
        "<Bundle xmlns=\"http://hl7.org/fhir\">" + "<a/>".repeat(1_000_000) + "</Bundle>");
  }

  private static void bomb(Installation gateway, String name, MediaType type, String text) {
    Payload bomb = new Payload(text.getBytes(StandardCharsets.UTF_8), type);
    String token = gateway.token(Organisations.SYD);
    // The first one waits for classes, and any for what else the machine does: the quickest counts.
    double seconds = Double.MAX_VALUE;
    for (int i = 0; i < BOMBS; i++) {
      long from = System.nanoTime();
      GatewayApi.Reply reply = gateway.api.process(token, bomb);
      seconds = Math.min(seconds, (System.nanoTime() - from) / 1e9);
      assertThat(reply.status()).as(name).isBetween(400, 422);
    }
    System.out.printf("LargeMessageIT: %s: refused after %.2f s%n", name, seconds);
    assertThat(seconds).as(name).isLessThan(1);
  }

  private static Socket connect(Installation gateway) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.api.base().getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void head(Socket socket, Installation gateway, String length) throws IOException {
    String head =
        "POST /fhir/$process-message HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
            + " application/fhir+json\r\nAuthorization: Bearer "
            + gateway.token(Organisations.SYD)
            + "\r\n"
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String status(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }
}
