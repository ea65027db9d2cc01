package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.UserFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A gateway with real parts in a folder of its own, run as a process that tests may kill, with the
 * tokens of its parties. Organisations that were given no endpoint have an inbox.
 */
final class Installation implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);

  /** Points of the journey at which tests make it die. */
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");

  /** Of everyone, since a hash takes seconds. */
  private static final String PASSWORD = Passwords.random();

  private static final String HASH = Passwords.encoder().encode(PASSWORD);

  final Clock clock = Clock.systemUTC();
  final Messages messages = Messages.standard();
  final DemoContents contents =
      new DemoContents(LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Copenhagen")));
  final GatewayApi api = new GatewayApi(GatewayProcess.freePort());
  private final Path work;
  private final Map<Organisations, String> tokens = new EnumMap<>(Organisations.class);
  private final String operator;
  private Optional<Process> process = Optional.empty();

  /**
   * @param endpoints what each organisation's entry says under {@code endpoint:}
   */
  Installation(Path work, Map<Organisations, String> endpoints) throws IOException {
    this.work = work;
    DemoFolder folder = new DemoFolder(work);
    StringBuilder yaml = new StringBuilder(Organisations.GATEWAY_YAML).append("parties:\n");
    for (Organisations one : Organisations.values()) {
      yaml.append(one.yaml(endpoints.getOrDefault(one, "channel: inbox\nreceives: [\"*\"]")));
    }
    Path directory = folder.config().resolve("directory.yaml");
    Files.writeString(directory, yaml);
    for (Organisations one : Organisations.values()) {
      tokens.put(
          one,
          TokenFile.append(
              folder.config().resolve("tokens.yaml"),
              new PartyId(one.id()),
              YamlDirectory.read(directory)));
    }
    operator = folder.operatorToken();
  }

  /** An endpoint on this port of the loopback, in clear text, with many quick retries. */
  static String plainEndpoint(int port) {
    return """
        channel: https
        address: http://localhost:%d/fhir/$process-message
        receives: ["*"]
        acknowledges: application
        retry: "200:1s"
        acknowledgementWait: PT30M
        resends: 2
        timeToLive: P7D
        """
        .formatted(port);
  }

  /** Lets what this key signs count as this organisation's; before the start. */
  void signer(Organisations party, ThrowawayKey key) throws IOException {
    Files.writeString(config().resolve("certs/signer-" + party.id() + ".pem"), key.pem());
    add(party, "signers: [certs/signer-" + party.id() + ".pem]");
  }

  /** A line more in this organisation's entry of the directory; before the start. */
  void add(Organisations party, String line) throws IOException {
    Path directory = config().resolve("directory.yaml");
    String sor = "sor: \"" + party.sor() + "\"\n";
    Files.writeString(
        directory, Files.readString(directory).replace(sor, sor + "    " + line + "\n"));
  }

  Path data() {
    return work.resolve("data");
  }

  Path config() {
    return work.resolve("config");
  }

  /** Everything that the process wrote to its outputs, over all its lives. */
  Path log() {
    return work.resolve("gateway.log");
  }

  String token(Organisations party) {
    return tokens.get(party);
  }

  String operator() {
    return operator;
  }

  /** Someone new at the desk. */
  DemoFolder.User user(StaffRole role) {
    return user(new Staff(role.code(), role.code(), Set.of(role), Optional.empty()));
  }

  /** Someone new at the counter, of Aarhus. */
  DemoFolder.User caseworker() {
    return user(
        new Staff(
            "sagsbehandler",
            "Sanne Sagsbehandler",
            Set.of(StaffRole.CASEWORKER),
            Optional.of(new PartyId(Organisations.AARHUS.id()))));
  }

  private DemoFolder.User user(Staff staff) {
    UserFile.put(
        config().resolve("users.yaml"),
        new StaffDirectory.Entry(staff, HASH),
        YamlDirectory.read(config().resolve("directory.yaml")));
    return new DemoFolder.User(staff, PASSWORD);
  }

  /** Starts it and waits until it is up; {@code options} go to its JVM. */
  void start(String... options) throws IOException {
    launch(options);
    awaitUp();
  }

  void launch(String... options) throws IOException {
    Path temporary = Files.createDirectories(work.resolve("tmp"));
    List<String> jvm = new ArrayList<>();
    jvm.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    jvm.add("-Djava.io.tmpdir=" + temporary);
    jvm.addAll(List.of(options));
    List<String> line =
        Built.line(
            jvm,
            List.of(TEST_CLASSES),
            List.of(
                "run",
                "--config",
                config().toString(),
                "--data",
                data().toString(),
                "--port",
                Integer.toString(api.base().getPort()),
                "--until-input-ends"));
    process =
        Optional.of(
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start());
  }

  void awaitUp() {
    long from = System.nanoTime();
    Await.until(
        "a gateway that is UP",
        START,
        () -> {
          if (!isAlive()) {
            throw new StepFailed("the gateway ended at its start:\n" + endOfLog());
          }
          return api.isUp() ? Optional.of(true) : Optional.empty();
        });
    System.out.printf("gateway up after %.1f s%n", (System.nanoTime() - from) / 1e9);
  }

  boolean isAlive() {
    return process.map(Process::isAlive).orElse(false);
  }

  /** Waits for its death by its own hand. */
  boolean diesWithin(Duration limit) throws InterruptedException {
    return process.orElseThrow().waitFor(limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.orElseThrow().destroyForcibly().waitFor();
  }

  /** Kills the database server that the gateway started, as kill -9 does. */
  void killDatabase() {
    try {
      Path pid = data().resolve("postgres/data/postmaster.pid");
      if (Files.exists(pid)) {
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).trim()))
            .ifPresent(
                server -> {
                  server.destroyForcibly();
                  server.onExit().join();
                });
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A certificate request of this letter id, in a case of its own. */
  Payload request(LetterId id, Organisations from, Organisations to) {
    return letter(
        id, from, to, CaseId.random(), contents.request(), Optional.empty(), MediaType.FHIR_JSON);
  }

  Payload letter(
      LetterId id,
      Organisations from,
      Organisations to,
      CaseId caseId,
      LetterContent content,
      Optional<MessageReading> previous,
      MediaType type) {
    return new PartnerLetters(from, messages, clock).write(id, to, caseId, content, previous, type);
  }

  /** What the sender is told of its letter. */
  JsonNode message(Organisations sender, LetterId id) {
    return api.getJson(token(sender), "/api/v1/messages/" + id.value());
  }

  /** The sum of a metric over all labels that hold this text. */
  double metric(String name, String label) {
    return new GatewayMetrics(api, operator).sum(name, label);
  }

  String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    } catch (IOException unreadable) {
      return "(no log)";
    }
  }

  /** Stops it as an operator would; what cannot stop is killed. */
  void stop() {
    process.ifPresent(
        running -> {
          running.destroy();
          try {
            if (!running.waitFor(35, TimeUnit.SECONDS)) {
              running.destroyForcibly().waitFor();
            }
          } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
          }
        });
    killDatabase();
  }

  @Override
  public void close() {
    stop();
  }
}
