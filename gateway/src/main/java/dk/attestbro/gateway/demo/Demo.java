package dk.attestbro.gateway.demo;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole journey on one machine: the gateway in a process of its own, three simulated partners
 * in this one, one play. Nothing here reaches into the gateway.
 */
public final class Demo {
  private static final Duration START = Duration.ofSeconds(300);

  private final PrintStream out;
  private final Clock clock;

  public Demo(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Plays it.
   *
   * @param data a folder of its own, emptied first
   * @param port where the gateway listens; 0 is any free one
   * @param once whether to end after the play; else it stays up until it is interrupted
   * @return 0 where every step was verified, else 1
   */
  public int run(Path data, int port, boolean once) throws IOException {
    Transcript transcript = new Transcript(out, clock);
    return transcript.verdict(() -> play(transcript, data, port, once));
  }

  private void play(Transcript transcript, Path data, int wanted, boolean once) throws IOException {
    int port = GatewayProcess.port(wanted);
    long began = System.nanoTime();
    transcript.text("The gateway starts; that takes about half a minute.");
    Path work = WorkFolder.fresh(data);
    ThrowawayAuthority authority = new ThrowawayAuthority(clock);
    Messages messages = Messages.standard();
    LocalDate today = LocalDate.ofInstant(clock.instant(), DeadlineRule.ZONE);
    DemoContents contents = new DemoContents(today);
    warmUp(messages, contents);
    DemoScenario.Cast cast =
        new DemoScenario.Cast(
            partner(Organisations.ODENSE, authority, messages),
            partner(Organisations.MIDT, authority, messages),
            partner(Organisations.SYD, authority, messages));
    List<Partner> partners = List.of(cast.odense(), cast.midt(), cast.syd());
    DemoFolder folder = new DemoFolder(work);
    folder.directory(authority.certificate(), partners.stream().map(Partner::address).toList());
    Map<Organisations, String> tokens = folder.tokens();
    String operator = folder.operatorToken();
    // The simulated unit acknowledges by itself; a clinician may answer in its place.
    List<DemoFolder.User> users =
        once ? List.of() : folder.users(Organisations.AARHUS, Organisations.SYD);
    GatewayApi api = new GatewayApi(port);
    try (GatewayProcess gateway = GatewayProcess.start("run", work, port, List.of())) {
      Thread stop = new Thread(gateway::close, "stop-gateway");
      Runtime.getRuntime().addShutdownHook(stop);
      transcript.step(
          "gateway",
          "starts with Artemis and PostgreSQL of its own",
          () -> {
            gateway.awaitUp(api, START);
            return "UP on " + api.base() + ", log in " + gateway.log();
          });
      for (Partner partner : partners) {
        partner.connect(
            api,
            tokens.get(partner.organisation()),
            GatewayCertificates.of(work.resolve("data").resolve("keys")));
      }
      cast.odense().open(authority.certificate());
      cast.midt().open(authority.certificate());
      DemoScenario scenario =
          new DemoScenario(
              transcript, api, tokens, messages, contents, authority.certificate(), cast);
      scenario.play();
      Optional<CaseId> open = once ? Optional.empty() : Optional.of(scenario.openCase());
      transcript.heading(
          "Done: "
              + transcript.steps()
              + " steps, each verified from outside, in "
              + Duration.ofNanos(System.nanoTime() - began).toSeconds()
              + " s");
      if (open.isPresent()) {
        invite(transcript, api, partners, tokens, operator);
        showPages(transcript, api, users, open.get());
        awaitTheEnd(gateway);
      }
      Runtime.getRuntime().removeShutdownHook(stop);
    } finally {
      partners.forEach(Partner::close);
    }
  }

  /** The first message takes the library seconds; they pass while the gateway starts. */
  private void warmUp(Messages messages, DemoContents contents) {
    Thread thread =
        new Thread(
            () ->
                messages
                    .reader()
                    .read(
                        messages
                            .writer()
                            .letter(
                                new LetterDraft(
                                    LetterId.random(),
                                    BundleId.random(),
                                    clock.instant(),
                                    Organisations.ODENSE.party(),
                                    Organisations.SYD.party(),
                                    true,
                                    CaseId.random(),
                                    contents.request(),
                                    Optional.empty(),
                                    Optional.empty()),
                                MediaType.FHIR_XML)),
            "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private Partner partner(
      Organisations organisation, ThrowawayAuthority authority, Messages messages) {
    Partner.Acknowledging how =
        organisation == Organisations.SYD
            ? Partner.Acknowledging.BY_A_POST_OF_ITS_OWN
            : Partner.Acknowledging.IN_THE_RESPONSE;
    ThrowawayKey key = authority.issue(organisation.id(), KeyKind.P_256);
    return new Partner(organisation, key, how, messages, clock);
  }

  private static void invite(
      Transcript transcript,
      GatewayApi api,
      List<Partner> partners,
      Map<Organisations, String> tokens,
      String operator) {
    transcript.text("gateway             " + api.base());
    for (Partner partner : partners) {
      transcript.text(
          "%-19s %s (a partner's system, for the gateway only: mutual TLS)"
              .formatted(partner.organisation().id(), partner.url()));
    }
    transcript.heading("Tokens, for this demo only");
    tokens.forEach((who, token) -> transcript.text("%-19s %s".formatted(who.id(), token)));
    transcript.text("%-19s %s".formatted("operator", operator));
    transcript.heading("Try next");
    String aarhus = "-H 'Authorization: Bearer " + tokens.get(Organisations.AARHUS) + "'";
    transcript.text("curl -s " + aarhus + " " + api.base() + "/api/v1/cases");
    transcript.text("curl -s " + aarhus + " " + api.base() + "/api/v1/forms/PSYK125");
    transcript.text(
        "curl -s -H 'Authorization: Bearer "
            + operator
            + "' "
            + api.base()
            + "/api/v1/operations/queues");
  }

  private static void showPages(
      Transcript transcript, GatewayApi api, List<DemoFolder.User> users, CaseId open) {
    transcript.heading("Pages, at " + api.base() + "/sign-in");
    users.forEach(
        user ->
            transcript.text(
                "%-19s %s (%s)"
                    .formatted(
                        user.staff().id(),
                        user.password(),
                        user.staff()
                            .party()
                            .map(PartyId::value)
                            .orElseGet(() -> "the desk, " + role(user)))));
    transcript.text(
        "\nThe first two share an open case: sagsbehandler asks, psykiatri answers, at");
    transcript.text(api.base() + "/counter/cases/" + open);
    transcript.text("\nCtrl-C ends it.");
  }

  private static String role(DemoFolder.User user) {
    return user.staff().roles().iterator().next().name().toLowerCase(Locale.ROOT);
  }

  static void awaitTheEnd(GatewayProcess gateway) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (gateway.isAlive() && !never.await(1, TimeUnit.SECONDS)) {
        continue;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new StepFailed("the gateway ended by itself; see " + gateway.log());
  }
}
