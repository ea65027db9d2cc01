package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise (c) on the channels: requests by mail to a party on queues, and by file to a party on
 * mail; their acknowledgements back by queue and mail, out by mail and file. The gateway is killed
 * at a commit point of a channel and started again: nothing is lost, and nothing has effect twice.
 * The mail server, the partner's broker and the folders live on. {@code -Dchannel.crash.points=all}
 * reaches every point; or some, with commas between.
 */
class ChannelCrashIT {
  private static final List<String> ALL =
      List.of(
          "mail-in-fetched",
          "mail-in-recorded",
          "mail-in-taken",
          "mail-out-claimed",
          "mail-out-sent",
          "mail-out-confirmed",
          "jms-in-fetched",
          "jms-in-recorded",
          "jms-in-taken",
          "jms-out-claimed",
          "jms-out-sent",
          "jms-out-confirmed",
          "file-in-claimed",
          "file-in-recorded",
          "file-in-taken",
          "file-out-claimed",
          "file-out-written",
          "file-out-sent",
          "file-out-confirmed");

  private static final List<String> POINTS = points();
  private static final int LETTERS = Integer.getInteger("channel.crash.letters", 2);
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Organisations MAIL = Organisations.AARHUS;
  private static final Organisations FILES = Organisations.ODENSE;
  private static final Organisations ANSWERS_BY_MAIL = Organisations.MIDT;
  private static final Organisations QUEUES = Organisations.SYD;

  private final Clock clock = Clock.systemUTC();
  private final Messages messages = Messages.standard();
  private final Map<LetterId, Organisations> asked = new LinkedHashMap<>();

  /** What reached a receiver: by letter, in which envelopes. */
  private final Map<String, List<String>> reached = new LinkedHashMap<>();

  private final Set<String> answered = new HashSet<>();

  private static List<String> points() {
    String wanted = System.getProperty("channel.crash.points", "mail-in-recorded");
    return wanted.equals("all") ? ALL : List.of(wanted.split(","));
  }

  @Test
  void nothingIsLostOrTakenTwiceWhereverOnAChannelTheGatewayIsKilled(@TempDir Path work)
      throws IOException, InterruptedException {
    ThrowawayAuthority authority = MailAuthority.ONE;
    ThrowawayKey key = authority.issue(QUEUES.id(), KeyKind.P_256);
    try (MailServer server = MailServer.start(work, authority);
        QueuePartner queues = new QueuePartner(QUEUES, key, messages, clock)) {
      server.open(MailFolder.GATEWAY);
      MailPartner mail = new MailPartner(MAIL, authority, server, messages, clock);
      MailPartner answers = new MailPartner(ANSWERS_BY_MAIL, authority, server, messages, clock);
      try (Installation gateway = installation(work, key, mail, answers)) {
        new MailFolder(new DemoFolder(work)).settings(server);
        for (String point : POINTS) {
          oneLife(point, gateway, mail, answers, queues);
        }
        gateway.start(options(queues));
        long up = System.nanoTime();
        awaitEnd(gateway, answers, queues);
        claimNothingIsLostOrTwice(gateway, server, mail, work);
        System.out.printf(
            "ChannelCrashIT: %d kills, %d requests, 0 not acknowledged %.1f s after the last start,"
                + " %d handed over again in the same envelope, 0 in another%n",
            POINTS.size(),
            asked.size(),
            (System.nanoTime() - up) / 1e9,
            reached.values().stream().mapToInt(envelopes -> envelopes.size() - 1).sum());
      }
    }
  }

  private Installation installation(
      Path work, ThrowawayKey key, MailPartner mail, MailPartner answers) throws IOException {
    Path certs = Files.createDirectories(work.resolve("config/certs"));
    for (MailPartner one : List.of(mail, answers)) {
      Files.writeString(certs.resolve(one.organisation().id() + ".pem"), one.pem());
    }
    Files.writeString(certs.resolve(QUEUES.id() + ".pem"), key.pem());
    Path from = Files.createDirectories(work.resolve("files/from"));
    Path to = Files.createDirectories(work.resolve("files/to"));
    Installation made =
        new Installation(
            work,
            Map.of(
                MAIL, endpoint("mail", MailPartner.address(MAIL), true, MAIL),
                ANSWERS_BY_MAIL,
                    endpoint("mail", MailPartner.address(ANSWERS_BY_MAIL), true, ANSWERS_BY_MAIL),
                QUEUES,
                    endpoint(
                        "jms", "\"jms://partner/" + QueuePartner.to(QUEUES) + "\"", true, QUEUES),
                FILES, endpoint("file", from.toString(), false, FILES)));
    for (Organisations one : List.of(MAIL, ANSWERS_BY_MAIL)) {
      made.add(one, "signers: [certs/" + one.id() + ".pem]");
      made.add(one, "sends: [{channel: mail, address: " + MailPartner.address(one) + "}]");
    }
    made.add(QUEUES, "signers: [certs/" + QUEUES.id() + ".pem]");
    made.add(
        QUEUES,
        "sends: [{channel: jms, address: \"jms://partner/" + QueuePartner.from(QUEUES) + "\"}]");
    made.add(FILES, "sends: [{channel: file, address: " + to + "}]");
    return made;
  }

  private static String endpoint(
      String channel, String address, boolean encrypted, Organisations party) {
    return """
        channel: %s
        address: %s
        receives: ["*"]
        acknowledges: application
        retry: "200:1s"
        acknowledgementWait: PT30M
        """
            .formatted(channel, address)
        + (encrypted ? "encryptTo: certs/" + party.id() + ".pem\n" : "");
  }

  private static String[] options(QueuePartner queues, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Dattestbro.lease=4s",
                "-Dattestbro.files.poll=500ms",
                "-Dattestbro.files.stable=500ms",
                "-Dattestbro.files.claim=5s",
                "-Dattestbro.jms.brokers.partner.url=" + queues.url()));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  /** Starts it, lets letters in, and waits for its death at the point. */
  private void oneLife(
      String point,
      Installation gateway,
      MailPartner mail,
      MailPartner answers,
      QueuePartner queues)
      throws IOException, InterruptedException {
    gateway.launch(options(queues, "-Dattestbro.crash.at=" + point, "-Dattestbro.crash.after=0"));
    if (asked.isEmpty()) {
      gateway.awaitUp();
      trustTheGateway(gateway, mail, answers);
    }
    for (int i = 0; i < LETTERS; i++) {
      CaseId caseId = CaseId.random();
      Payload byMail = request(gateway, mail.letters(), QUEUES, caseId);
      mail.send(byMail, caseId);
      CaseId other = CaseId.random();
      drop(
          gateway,
          request(gateway, new PartnerLetters(FILES, messages, clock), ANSWERS_BY_MAIL, other));
    }
    long until = System.nanoTime() + LIMIT.toNanos();
    while (!gateway.diesWithin(Duration.ZERO)) {
      assertThat(System.nanoTime()).as("it must come to %s", point).isLessThan(until);
      partnersTurn(gateway, answers, queues);
    }
    System.out.println("ChannelCrashIT: killed at " + point);
  }

  private static void trustTheGateway(Installation gateway, MailPartner... partners) {
    Path keys = gateway.data().resolve("keys");
    for (MailPartner partner : partners) {
      partner.trust(
          MailServer.model(GatewayCertificates.encryption(keys)), GatewayCertificates.of(keys));
    }
  }

  private Payload request(
      Installation gateway, PartnerLetters from, Organisations to, CaseId caseId) {
    LetterId id = LetterId.random();
    asked.put(id, from.organisation());
    return from.write(
        id, to, caseId, gateway.contents.request(), Optional.empty(), MediaType.FHIR_JSON);
  }

  private void drop(Installation gateway, Payload request) throws IOException {
    Path to = folder(gateway, "to");
    String name = messages.reader().read(request).letterId().value() + ".json";
    Path written = Files.write(to.resolve(name + ".tmp"), request.bytes());
    Files.move(written, to.resolve(name));
  }

  private static Path folder(Installation gateway, String name) {
    return gateway.data().resolveSibling("files").resolve(name);
  }

  /** Each acknowledges what is new to it, however often it comes. */
  private void partnersTurn(Installation gateway, MailPartner answers, QueuePartner queues) {
    for (MessageReading letter : queues.receive()) {
      reached(letter);
      if (answered.add(letter.letterId().value())) {
        queues.send(
            new PartnerLetters(QUEUES, messages, clock).acknowledgement(letter),
            encryption(gateway));
      }
    }
    for (MailPartner.Received one : answers.received()) {
      if (answered.add(one.message().letterId().value())) {
        answers.send(
            answers.letters().acknowledgement(one.message()), one.message().caseId().orElseThrow());
      }
    }
  }

  private static Certificate encryption(Installation gateway) {
    return MailServer.model(GatewayCertificates.encryption(gateway.data().resolve("keys")));
  }

  private void reached(MessageReading letter) {
    reached
        .computeIfAbsent(letter.letterId().value(), any -> new ArrayList<>())
        .add(letter.bundleId().orElseThrow().value());
  }

  private void awaitEnd(Installation gateway, MailPartner answers, QueuePartner queues)
      throws IOException {
    Set<LetterId> open = new HashSet<>(asked.keySet());
    Await.until(
        "an acknowledgement of every request",
        LIMIT,
        () -> {
          partnersTurn(gateway, answers, queues);
          open.removeIf(id -> status(gateway, id).equals("ACKNOWLEDGED"));
          return open.isEmpty() ? Optional.of(true) : Optional.empty();
        });
    answers.received().forEach(one -> reached(one.message()));
  }

  private String status(Installation gateway, LetterId id) {
    GatewayApi.Reply answer =
        gateway.api.get(
            gateway.token(asked.get(id)), "/api/v1/messages/" + id.value(), "application/json");
    return answer.status() == 200 ? answer.json().path("status").asText() : "not there yet";
  }

  private void claimNothingIsLostOrTwice(
      Installation gateway, MailServer server, MailPartner mail, Path work) throws IOException {
    assertThat(reached.keySet())
        .containsExactlyInAnyOrderElementsOf(asked.keySet().stream().map(LetterId::value).toList());
    assertThat(reached.values())
        .allSatisfy(envelopes -> assertThat(Set.copyOf(envelopes)).hasSize(1));
    Set<String> byMail = of(MAIL);
    Await.until(
        "the acknowledgements in the box of " + MAIL.id(),
        LIMIT,
        () -> acknowledged(mail.received().stream().map(MailPartner.Received::message), byMail));
    Set<String> byFile = of(FILES);
    Await.until(
        "the acknowledgements in the folder of " + FILES.id(),
        LIMIT,
        () -> acknowledged(files(work.resolve("files/from")), byFile));
    Await.until(
        "an empty box, folder and workplace of the gateway",
        LIMIT,
        () ->
            server.box(MailFolder.GATEWAY).isEmpty()
                    && visible(work.resolve("files/to")).isEmpty()
                    && visible(work.resolve("files/to/.work")).isEmpty()
                ? Optional.of(true)
                : Optional.empty());
    assertThat(visible(work.resolve("files/to/done")))
        .containsExactlyInAnyOrderElementsOf(
            byFile.stream()
                .flatMap(id -> Stream.of(id + ".json", id + ".json.receipt.json"))
                .toList());
    assertThat(gateway.metric("attestbro_letters", "status=\"DEAD\"")).isZero();
    assertThat(gateway.metric("attestbro_mails_to_be_sorted", "")).isZero();
  }

  private Set<String> of(Organisations sender) {
    Set<String> ids = new TreeSet<>();
    asked.forEach(
        (id, from) -> {
          if (from == sender) {
            ids.add(id.value());
          }
        });
    return ids;
  }

  /** True once each of these is acknowledged; by one letter each, however often that one came. */
  private static Optional<Boolean> acknowledged(Stream<MessageReading> came, Set<String> wanted) {
    Map<String, Set<String>> by = new LinkedHashMap<>();
    came.forEach(
        message ->
            message
                .acknowledgement()
                .ifPresent(
                    one ->
                        by.computeIfAbsent(one.acknowledges().value(), any -> new HashSet<>())
                            .add(message.letterId() + " " + message.bundleId())));
    assertThat(by.values()).allSatisfy(letters -> assertThat(letters).hasSize(1));
    assertThat(wanted).containsAll(by.keySet());
    return by.keySet().equals(wanted) ? Optional.of(true) : Optional.empty();
  }

  private Stream<MessageReading> files(Path folder) {
    return visible(folder).stream()
        .map(
            name -> {
              try {
                return messages
                    .reader()
                    .read(
                        new Payload(Files.readAllBytes(folder.resolve(name)), MediaType.FHIR_JSON));
              } catch (IOException unreadable) {
                throw new StepFailed("a file cannot be read", unreadable);
              }
            });
  }

  /** The files that a partner looks at. */
  private static List<String> visible(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (IOException unreadable) {
      throw new StepFailed("a folder cannot be listed", unreadable);
    }
  }
}
