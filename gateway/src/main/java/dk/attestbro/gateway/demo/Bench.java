package dk.attestbro.gateway.demo;

import dk.attestbro.port.StaffRole;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Load through the front door: the gateway in a process of its own with two partners that it
 * encrypts to, letters in by HTTP, Acknowledgements back. Callers and partners are in this process.
 */
public final class Bench {
  private static final Duration START = Duration.ofSeconds(300);

  /** Of one measured time, where viewers look: four times without, with, with and without. */
  private static final int SLICES = 16;

  private static final String KEY_OPERATIONS = "attestbro_private_key_operations_total";

  private final PrintStream out;
  private final PrintStream progress;
  private final Clock clock;

  /** The report goes to {@code out}, what is being done to {@code progress}. */
  public Bench(PrintStream out, PrintStream progress, Clock clock) {
    this.out = out;
    this.progress = progress;
    this.clock = clock;
  }

  /** Runs it; 0 where every exchange came to its end, else 1. */
  public int run(BenchOptions options, boolean asJson) throws IOException {
    try {
      BenchReport report = measure(options);
      out.print(asJson ? report.json() + "\n" : report.text());
      out.flush();
      return report.errors() == 0 && report.exchanges() > 0 ? 0 : 1;
    } catch (StepFailed failed) {
      progress.println("The bench FAILED: " + failed.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private BenchReport measure(BenchOptions options) throws IOException, InterruptedException {
    Path work = WorkFolder.fresh(options.data());
    ThrowawayAuthority authority = new ThrowawayAuthority(clock);
    Messages messages = Messages.standard();
    BenchLetters letters = new BenchLetters(messages, clock, options.kilobytes());
    ThrowawayKey odense = authority.issue(Organisations.ODENSE.id(), options.keys());
    ThrowawayKey syd = authority.issue(Organisations.SYD.id(), options.keys());
    Set<String> certificates = gatewayKeys(work, authority, options.keys());
    int odensePort = GatewayProcess.freePort();
    int sydPort = GatewayProcess.freePort();
    DemoFolder folder = new DemoFolder(work);
    folder.directory(
        authority.certificate(),
        List.of(
            new DemoFolder.Address(Organisations.ODENSE, odense, odensePort),
            new DemoFolder.Address(Organisations.SYD, syd, sydPort)));
    Map<Organisations, String> tokens = folder.tokens();
    DemoFolder.User operator = folder.atTheDesk("drift", "Ditte Drift", StaffRole.OPERATOR);
    GatewayApi api = new GatewayApi(GatewayProcess.freePort());
    BenchLoad load =
        new BenchLoad(
            api,
            tokens.get(Organisations.ODENSE),
            letters,
            new CmsOpener(syd),
            new CmsOpener(odense),
            certificates,
            options.clients() * options.outstanding());
    Predicate<X509Certificate> known =
        client -> certificates.contains(ThrowawayKey.fingerprint(client).hex());
    try (PartnerListener receiver =
            PartnerListener.on(sydPort, syd, authority.certificate(), known, load::receive);
        PartnerListener sender =
            PartnerListener.on(
                odensePort, odense, authority.certificate(), known, load::receiveAcknowledgement);
        GatewayProcess gateway =
            GatewayProcess.start(
                "bench-gateway",
                work,
                api.base().getPort(),
                List.of("--validation", options.validation() ? "on" : "off"))) {
      progress.println("bench: starting the gateway");
      gateway.awaitUp(api, START);
      Loaded loaded =
          underLoad(
              options,
              load,
              gateway,
              new GatewayMetrics(api, folder.operatorToken()),
              () -> BenchViewers.signedIn(api.base(), options.viewers(), operator));
      progress.println("bench: measuring validation alone");
      ValidatorAlone alone = new ValidatorAlone(clock);
      return new BenchReport(
          options,
          letters.letter(BenchLetters.newId()).size(),
          loaded.exchanges(),
          loaded.seconds(),
          loaded.figures(),
          loaded.look(),
          loaded.per(loaded.cpuMilliseconds()),
          loaded.per(loaded.signatures()),
          loaded.per(loaded.receipts()),
          loaded.per(loaded.decryptions()),
          alone.measure(() -> letters.letter(BenchLetters.newId()), options.validatorTime()),
          alone.measure(
              () -> letters.acknowledgementOf(BenchLetters.newId()), options.validatorTime()),
          peakMegabytes(gateway.pid()),
          load.errors(),
          load.lastError());
    }
  }

  /** What was found between the beginning and the end of the measured time. */
  private record Loaded(
      long exchanges,
      double seconds,
      BenchFigures figures,
      BenchLook look,
      double cpuMilliseconds,
      double signatures,
      double receipts,
      double decryptions) {
    double per(double total) {
      return exchanges == 0 ? 0 : total / exchanges;
    }
  }

  private Loaded underLoad(
      BenchOptions options,
      BenchLoad load,
      GatewayProcess gateway,
      GatewayMetrics metrics,
      Opening viewers)
      throws IOException, InterruptedException {
    progress.println("bench: warming up for " + options.warmUp().toSeconds() + " s");
    List<Thread> clients = load.start(options.clients());
    try (BenchViewers open = viewers.open()) {
      // Pages are open for hours: what the first views cost belongs to the warming up.
      open.look(true);
      Thread.sleep(options.warmUp().toMillis());
      progress.println("bench: measuring for " + options.measured().toSeconds() + " s");
      BenchFigures figures = load.count();
      Reading before = Reading.of(load, gateway, metrics);
      BenchLook look = look(options, load, open);
      Reading after = Reading.of(load, gateway, metrics);
      load.stop();
      for (Thread client : clients) {
        client.join();
      }
      return new Loaded(
          after.completed() - before.completed(),
          (after.nanos() - before.nanos()) / 1e9,
          figures,
          look,
          after.cpuMilliseconds() - before.cpuMilliseconds(),
          after.signatures() - before.signatures(),
          after.receipts() - before.receipts(),
          after.decryptions() - before.decryptions());
    }
  }

  /** How the overview pages are opened. */
  private interface Opening {
    BenchViewers open() throws IOException, InterruptedException;
  }

  /** Lets the measured time go by, looked at in turns where there are viewers. */
  private static BenchLook look(BenchOptions options, BenchLoad load, BenchViewers viewers)
      throws InterruptedException {
    if (options.viewers() == 0) {
      Thread.sleep(options.measured().toMillis());
      return BenchLook.none();
    }
    List<BenchLook.Slice> slices = new ArrayList<>();
    long viewsBefore = viewers.views();
    for (int i = 0; i < SLICES; i++) {
      boolean looked = i % 4 == 1 || i % 4 == 2;
      viewers.look(looked);
      long before = load.completed();
      long start = System.nanoTime();
      Thread.sleep(options.measured().toMillis() / SLICES);
      slices.add(
          new BenchLook.Slice(
              looked, load.completed() - before, (System.nanoTime() - start) / 1e9));
    }
    return new BenchLook(options.viewers(), viewers.views() - viewsBefore, slices);
  }

  /** The counters at one moment. */
  private record Reading(
      long nanos,
      long completed,
      double cpuMilliseconds,
      double signatures,
      double receipts,
      double decryptions) {
    static Reading of(BenchLoad load, GatewayProcess gateway, GatewayMetrics metrics) {
      double signatures = metrics.sum(KEY_OPERATIONS, "kind=\"sign\"");
      double receipts = metrics.sum(KEY_OPERATIONS, "kind=\"receipt_sign\"");
      double decryptions = metrics.sum(KEY_OPERATIONS, "kind=\"decrypt\"");
      return new Reading(
          System.nanoTime(),
          load.completed(),
          gateway.cpu().toNanos() / 1e6,
          signatures,
          receipts,
          decryptions);
    }
  }

  /** The gateway's CMS and TLS keys of the kind that is measured; it makes the others itself. */
  private static Set<String> gatewayKeys(Path work, ThrowawayAuthority authority, KeyKind kind)
      throws IOException {
    Path keys = Files.createDirectories(work.resolve("data").resolve("keys"));
    for (String file : List.of("cms-signing", "cms-encryption", "tls-client")) {
      ThrowawayKey key = authority.issue("attestbro-" + file, kind);
      String pkcs8 =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.key().getEncoded());
      Files.writeString(
          keys.resolve(file + ".pem"),
          "-----BEGIN PRIVATE KEY-----\n" + pkcs8 + "\n-----END PRIVATE KEY-----\n" + key.pem());
    }
    return GatewayCertificates.of(keys);
  }

  /** The most memory that the process ever had in use (Linux: VmHWM). */
  private static long peakMegabytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      throw new UncheckedIOException("the gateway's process cannot be looked at", gone);
    }
  }
}
