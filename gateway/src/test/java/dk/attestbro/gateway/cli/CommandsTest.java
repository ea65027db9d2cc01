package dk.attestbro.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dk.attestbro.fhir.Messages;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  private static final String DIRECTORY =
      """
      gateway: {id: attestbro, name: Attestbro, sor: "1234567890123450", gln: "5790000000036"}
      parties:
        - id: employment-aarhus
          name: Aarhus
          kind: municipality
          municipality: "0751"
          sor: "1234567890123456"
          gln: "5790000121526"
          validFrom: 2007-01-01
          endpoint: {channel: inbox, receives: ["*"]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine line = Attestbro.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "demo",
        "token",
        "validate",
        "certificates",
        "pkits",
        "bench",
        "report",
        "backup",
        "restore",
        "evidence",
        "queues",
        "letters",
        "show",
        "cases",
        "pause",
        "resume",
        "drain",
        "test",
        "dead-letters",
        "resend",
        "redirect",
        "close"
      })
  void everyCommandHasHelp(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: attestbro " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "run --no-such-option",
        "run --port many",
        "run --port 65536",
        "demo --port -1",
        "token",
        "token employment-aarhus --operator",
        "validate",
        "bench --keys rsa-1024",
        "bench --seconds 0",
        "bench --validation perhaps",
        "bench statistics --cases 0",
        "bench statistics --limit 0",
        "report --from 2026-01-01",
        "report --from 2026-02-01 --to 2026-01-01",
        "report --from 2026-01-01 --to 2026-12-31 --format pdf",
        "pause employment-aarhus",
        "backup",
        "restore no-such-folder",
        "resend",
        "evidence",
        "evidence export",
        "evidence verify no-such-file.zip"
      })
  void wrongUsageEndsWithTwo(String line) {
    assertThat(execute(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
  }

  @Test
  void runRefusesToGoWithoutValidation() {
    System.setProperty(GatewayStart.VALIDATION, "off");
    try {
      assertThat(execute("run", "--port", "0")).isEqualTo(2);
      assertThat(err.toString()).contains("never goes without validation");
    } finally {
      System.clearProperty(GatewayStart.VALIDATION);
    }
  }

  @Test
  void versionIsTold() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("attestbro ");
  }

  @Test
  void theHiddenCommandOfTheBenchIsNotListed() {
    execute("--help");
    assertThat(out.toString()).contains("dead-letters").doesNotContain("bench-gateway");
  }

  @Test
  void aTokenIsPrintedAloneAndOnlyItsDigestIsKept(@TempDir Path config) throws IOException {
    Files.writeString(config.resolve("directory.yaml"), DIRECTORY);

    int exit = execute("token", "employment-aarhus", "--config", config.toString());

    assertThat(exit).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    String token = out.toString().strip();
    assertThat(config.resolve("tokens.yaml"))
        .content()
        .contains(Digest.of(token.getBytes(StandardCharsets.UTF_8)).hex())
        .contains("employment-aarhus")
        .doesNotContain(token);
  }

  @Test
  void anOperatorTokenNeedsNoDirectory(@TempDir Path config) {
    assertThat(execute("token", "--operator", "--config", config.toString())).isZero();
    assertThat(config.resolve("tokens.yaml")).content().contains("operator");
  }

  @Test
  void aTokenFileThatCannotBeChangedIsToldWithItsReason(@TempDir Path config) throws IOException {
    Files.createDirectory(config.resolve("tokens.yaml"));

    assertThat(execute("token", "--operator", "--config", config.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("tokens.yaml", "cannot be changed: Is a directory");
  }

  @Test
  void aTokenForAnUnknownPartyIsWrongUsage(@TempDir Path config) throws IOException {
    Files.writeString(config.resolve("directory.yaml"), DIRECTORY);
    assertThat(execute("token", "employment-nowhere", "--config", config.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aBadDirectoryIsToldWithItsMistakes(@TempDir Path config) throws IOException {
    Files.writeString(config.resolve("directory.yaml"), "parties: []\n");
    assertThat(execute("token", "employment-aarhus", "--config", config.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("directory.yaml").contains("gateway");
  }

  @Test
  void validateTellsWhyAFileIsNoMessage(@TempDir Path folder) throws IOException {
    Path notFhir = Files.writeString(folder.resolve("note.json"), "{\"hello\":1}");

    assertThat(execute("validate", notFhir.toString())).isEqualTo(2);
    assertThat(out.toString()).startsWith(notFhir + ": NOT_FHIR");
    assertThat(execute("validate", folder.resolve("absent.xml").toString())).isEqualTo(2);
  }

  @Test
  void validateTellsAValidMessageFromAnInvalidOne(@TempDir Path folder) throws IOException {
    Payload letter = Messages.at(Instant.now()).request(MediaType.FHIR_JSON);
    Path valid = Files.write(folder.resolve("valid.json"), letter.bytes());
    Path invalid =
        Files.write(
            folder.resolve("invalid.json"),
            Messages.broken(letter, "\"PSYK125\"", "\"PSYK999\"").bytes());

    assertThat(execute("validate", valid.toString())).as(out.toString()).isZero();
    assertThat(execute("validate", valid.toString(), invalid.toString())).isEqualTo(1);
    assertThat(out.toString()).contains(invalid + ": FORM_UNKNOWN");
  }

  @Test
  void anOperationsCommandWithoutAGatewaySaysSo() {
    assertThat(withToken().execute("queues", "--url", "http://localhost:1")).isEqualTo(1);
    assertThat(err.toString()).contains("no gateway answers at http://localhost:1");
  }

  @Test
  void queuesAreATable() throws IOException {
    try (Answering gateway =
        new Answering(
            200,
            """
            [{"party":"psychiatry-midt","depth":3,"oldestSeconds":12,"inFlight":1,
              "waitingForRetry":2,"awaitingAcknowledgement":0,"paused":false,"lastError":null,
              "state":"RUNNING","deliveredLately":7,"failedLately":4,"circuit":"CLOSED"}]
            """)) {
      assertThat(withToken().execute("queues", "--url", gateway.url())).isZero();
    }
    assertThat(out.toString().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .matches("psychiatry-midt +3 +12 +1 +2 +0 +7 +4 +RUNNING +CLOSED +-");
  }

  @Test
  void casesAreATableThatSaysHowToGoOn() throws IOException {
    try (Answering gateway =
        new Answering(
            200,
            """
            {"items":[{"caseId":"c1","form":"PSYK125","requester":"employment-aarhus",
              "responder":"psychiatry-midt","state":"RECEIVED","turn":"RESPONDER",
              "deadline":{"state":"RUNNING","rule":"r/1","due":"2026-12-06"},
              "openedAt":"2026-11-22T10:00:00Z","updatedAt":"2026-11-22T10:00:00Z"}],"next":"abc"}
            """)) {
      assertThat(withToken().execute("cases", "--state", "open", "--url", gateway.url())).isZero();
    }
    assertThat(out.toString()).contains("2026-12-06", "RUNNING").endsWith("more: --after abc\n");
  }

  @Test
  void aListAsksByTheNamesOfItsOwnOptions() throws IOException {
    try (Answering gateway = new Answering(200, "{\"items\":[]}")) {
      String[] letters = {"letters", "--sender", "a b", "--case", "c1", "--limit", "7", "--json"};
      assertThat(withToken().execute(with(letters, "--url", gateway.url()))).isZero();

      assertThat(gateway.asked())
          .containsExactly("/api/v1/operations/letters?limit=7&case=c1&sender=a%20b");
    }
  }

  @Test
  void aLetterIsExplainedInWords() throws IOException {
    try (Answering gateway =
        new Answering(
            200,
"""
{"letterId":"a","event":"certificate-request","status":"QUEUED","faults":[{"code":"HTTP_503",
  "text":{"da":"","en":"It cannot take more."},"whoActsText":{"da":"","en":"The receiver"}}],
  "next":{"text":{"da":"","en":"It is tried again."},"at":"2026-11-22T10:01:00Z"},
  "transmissions":[],"timeline":[{"at":"2026-11-22T10:00:00Z","code":"RECORDED"}]}
""")) {
      assertThat(withToken().execute("show", "a", "--url", gateway.url())).isZero();
    }
    assertThat(out.toString())
        .startsWith("letterId  a\n")
        .contains("HTTP_503: It cannot take more. Acts: The receiver.")
        .contains("It is tried again. 2026-11-22T10:01:00Z")
        .contains("RECORDED");
  }

  @Test
  void aWayThatFailsEndsWithOne() throws IOException {
    try (Answering gateway =
        new Answering(
            200,
            """
            {"party":"psychiatry-midt","reached":false,"hops":[
              {"part":"DIRECTORY","milliseconds":0,"result":"OK"},
              {"part":"SECURITY","milliseconds":41,"result":"TLS_FAILED"}]}
            """)) {
      assertThat(
              withToken()
                  .execute("test", "psychiatry-midt", "--reason", "r", "--url", gateway.url()))
          .isEqualTo(1);
    }
    assertThat(out.toString()).containsPattern("SECURITY +41 +TLS_FAILED");
  }

  @Test
  void aReportIsWrittenAsTheGatewayGivesIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.csv");
    try (Answering gateway = new Answering(200, "from;to\r\n")) {
      CommandLine line = withToken();
      String[] report = {
        "report", "--from", "2026-01-01", "--to", "2026-12-31", "--by", "region,form", "--url"
      };
      assertThat(line.execute(with(report, gateway.url(), "--out", file.toString()))).isZero();
      assertThat(line.execute(with(report, gateway.url()))).isZero();
    }
    assertThat(file).content().isEqualTo("from;to\r\n");
    assertThat(out.toString()).isEqualTo("from;to\r\n");
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aRefusedTokenIsSaid() throws IOException {
    try (Answering gateway = new Answering(401, "{\"code\":\"CREDENTIALS_INVALID\"}")) {
      assertThat(withToken().execute("dead-letters", "--url", gateway.url())).isEqualTo(1);
    }
    assertThat(err.toString()).contains("does not know this ATTESTBRO_TOKEN (401)");
  }

  @Test
  void whatIsNoTokenIsSaidBeforeAnybodyIsAsked() {
    assertThat(with("two words").execute("queues", "--url", "http://localhost:1")).isEqualTo(2);
    assertThat(err.toString()).contains("ATTESTBRO_TOKEN is no token");
  }

  private CommandLine withToken() {
    return with("a-token\n");
  }

  /** The command line with a token that the environment of a test does not have. */
  private CommandLine with(String token) {
    CommandLine line = Attestbro.commandLine();
    line.getSubcommands().values().stream()
        .flatMap(sub -> sub.getCommandSpec().mixins().values().stream())
        .map(mixin -> mixin.userObject())
        .filter(OperationsApi.class::isInstance)
        .forEach(api -> ((OperationsApi) api).use(token));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line;
  }

  /** A server on the loopback that gives one answer to everything it is asked. */
  private record Answering(HttpServer server, List<String> asked) implements AutoCloseable {
    Answering(int status, String body) throws IOException {
      this(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
          new CopyOnWriteArrayList<>());
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              asked.add(exchange.getRequestURI().toString());
              exchange.sendResponseHeaders(status, bytes.length);
              exchange.getResponseBody().write(bytes);
            }
          });
      server.start();
    }

    String url() {
      return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
