package dk.attestbro.gateway.demo;

import dk.attestbro.model.DeadlineRule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journey by mail on one machine: the gateway in a process of its own, real SMTP and IMAP
 * servers in this one or beside it, two parties that have nothing but their boxes.
 */
public final class MailDemo {
  private static final Duration START = Duration.ofSeconds(300);

  private final PrintStream out;
  private final Optional<Path> servers;
  private final Clock clock;

  /**
   * @param servers describes mail servers that run already; without it there are ones in this
   *     process
   */
  public MailDemo(PrintStream out, Optional<Path> servers, Clock clock) {
    this.out = out;
    this.servers = servers;
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
    transcript.text("The gateway and the mail server start; that takes about half a minute.");
    Path work = WorkFolder.fresh(data);
    ThrowawayAuthority authority = new ThrowawayAuthority(clock);
    Messages messages = Messages.standard();
    DemoContents contents =
        new DemoContents(LocalDate.ofInstant(clock.instant(), DeadlineRule.ZONE));
    try (MailServer server =
        servers.isPresent() ? MailServer.at(servers.get()) : MailServer.start(work, authority)) {
      server.open(MailFolder.GATEWAY);
      MailPartner aarhus =
          new MailPartner(Organisations.AARHUS, authority, server, messages, clock);
      MailPartner midt = new MailPartner(Organisations.MIDT, authority, server, messages, clock);
      DemoFolder folder = new DemoFolder(work);
      MailFolder mail = new MailFolder(folder);
      mail.settings(server);
      mail.directory(List.of(aarhus, midt));
      Map<Organisations, String> tokens = folder.tokens();
      GatewayApi api = new GatewayApi(port);
      try (GatewayProcess gateway = GatewayProcess.start("run", work, port, List.of())) {
        Thread stop = new Thread(gateway::close, "stop-gateway");
        Runtime.getRuntime().addShutdownHook(stop);
        transcript.step(
            "gateway",
            "starts, with its box at the mail server",
            () -> {
              gateway.awaitUp(api, START);
              return "UP on " + api.base() + ", log in " + gateway.log();
            });
        Path keys = work.resolve("data").resolve("keys");
        for (MailPartner partner : List.of(aarhus, midt)) {
          partner.trust(
              MailServer.model(GatewayCertificates.encryption(keys)), GatewayCertificates.of(keys));
        }
        new MailScenario(transcript, api, tokens, contents, aarhus, midt).play();
        transcript.heading("Done: " + transcript.steps() + " steps, each verified from outside");
        if (!once) {
          transcript.text("gateway  " + api.base());
          transcript.text(
              "mail     smtps://localhost:%d, imaps://localhost:%d, password %s"
                  .formatted(server.smtpPort(), server.imapPort(), MailServer.PASSWORD));
          transcript.text("\nCtrl-C ends it.");
          Demo.awaitTheEnd(gateway);
        }
        Runtime.getRuntime().removeShutdownHook(stop);
      }
    }
  }
}
